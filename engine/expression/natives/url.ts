import { toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { fieldsOf } from '../fields.ts';
import { Native, Opaque, table } from '../values.ts';

const PARTS = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

/** URL, read only: its parts are text. */
class UrlValue extends Opaque {
  readonly typeName = 'URL';
  private readonly url: URL;
  constructor(url: URL) {
    super();
    this.url = url;
  }
  get(_ctx: Context, key: string): unknown {
    const part = PARTS.find((name) => name === key);
    if (part !== undefined) return this.url[part];
    if (key === 'searchParams') return new ParamsValue(this.url.searchParams);
    if (key === 'toString' || key === 'toJSON') return new Native(key, () => this.url.href);
    return undefined;
  }
  toString(): string {
    return this.url.href;
  }
}

class ParamsValue extends Opaque {
  readonly typeName = 'URLSearchParams';
  private readonly params: URLSearchParams;
  constructor(params: URLSearchParams) {
    super();
    this.params = params;
  }
  get(_ctx: Context, key: string): unknown {
    const { params } = this;
    if (key === 'size') return [...params].length;
    const text = (ctx: Context, value: unknown) => toText(ctx, value);
    switch (key) {
      case 'get':
        return new Native(key, (ctx, _self, [name]) => params.get(text(ctx, name)));
      case 'getAll':
        return new Native(key, (ctx, _self, [name]) => params.getAll(text(ctx, name)));
      case 'has':
        return new Native(key, (ctx, _self, [name]) => params.has(text(ctx, name)));
      case 'set':
      case 'append':
        return new Native(key, (ctx, _self, [name, value]) => {
          const added = text(ctx, value);
          ctx.grow(added.length + 8);
          params[key](text(ctx, name), added);
        });
      case 'delete':
        return new Native(key, (ctx, _self, [name]) => params.delete(text(ctx, name)));
      case 'entries':
        return new Native(key, () => [...params].map(([name, value]) => [name, value]));
      case 'keys':
        return new Native(key, () => [...params.keys()]);
      case 'values':
        return new Native(key, () => [...params.values()]);
      case 'toString':
        return new Native(key, (ctx) => {
          const all = params.toString();
          ctx.grow(all.length);
          return all;
        });
      default:
        return undefined;
    }
  }
  toString(): string {
    return this.params.toString();
  }
}

function makeParams(ctx: Context, [init]: readonly unknown[]): ParamsValue {
  if (init === undefined) return new ParamsValue(new URLSearchParams());
  if (typeof init === 'object' && init !== null) {
    const pairs = Array.isArray(init)
      ? init.map((pair) => (Array.isArray(pair) ? [toText(ctx, pair[0]), toText(ctx, pair[1])] : ['', '']))
      : fieldsOf(ctx, init).map(([key, value]) => [key, toText(ctx, value)]);
    return new ParamsValue(new URLSearchParams(pairs));
  }
  return new ParamsValue(new URLSearchParams(toText(ctx, init)));
}

const needsNew = (name: string) => () => {
  throw new TypeError(`Constructor ${name} requires 'new'`);
};

export const urlGlobals: Record<string, unknown> = table<unknown>({
  URL: new Native('URL', needsNew('URL'), {
    construct: (ctx, [href, base]) => {
      const text = toText(ctx, href);
      ctx.grow(text.length);
      return new UrlValue(base === undefined ? new URL(text) : new URL(text, toText(ctx, base)));
    },
  }),
  URLSearchParams: new Native('URLSearchParams', needsNew('URLSearchParams'), { construct: makeParams }),
});
