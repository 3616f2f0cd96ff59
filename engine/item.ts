/** What flows on an edge is an array of items. */
export interface Item {
  json: JsonObject;
  /** Files by name, by reference only; bytes never travel inside items. */
  files?: Record<string, FileRef>;
  /** Which input item(s) of the node that produced this item it was made from. */
  source?: ItemSource | ItemSource[];
}

export interface ItemSource {
  /** Index of the item in that input. */
  item: number;
  /** Input port; absent means the node's first input. */
  port?: string;
  /** The run of that node whose input it is in, when it is not the run that gave the item: loops hold items back. */
  run?: number;
}

export interface FileRef {
  /** Storage key, or absent when the bytes are inline. */
  id?: string;
  name?: string;
  mimeType: string;
  sizeBytes: number;
  /** Base64; small files and the command line only. */
  data?: string;
}

export type JsonObject = { [key: string]: unknown };

/** Items of every port of a node, keyed by port name. */
export type PortItems = Record<string, Item[]>;

/** Items that are too large for the journal: they are in the output store, and this stands for them. */
export interface StoredItems {
  /** Key in the output store. */
  stored: string;
  /** How many items there are; the same name as of an array, since counting needs no items. */
  length: number;
  /** Size of their JSON. */
  bytes: number;
  /** Some of the first items, for people to look at; never for nodes. */
  first: Item[];
  /** Lists and texts inside `first` are cut short. */
  shortened?: true;
}

/** What a node gave by one port. */
export type Output = Item[] | StoredItems;
/** By port name. */
export type Outputs = Record<string, Output>;

export const isStored = (output: Output): output is StoredItems => !Array.isArray(output);

/** The items that can be shown without the output store: all of them, or the first ones. */
export const shownItems = (output: Output): Item[] => (isStored(output) ? output.first : output);

export const EMPTY_ITEM: Item = Object.freeze({ json: Object.freeze({}) as JsonObject });
