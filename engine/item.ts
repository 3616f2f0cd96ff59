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

export const EMPTY_ITEM: Item = Object.freeze({ json: Object.freeze({}) as JsonObject });
