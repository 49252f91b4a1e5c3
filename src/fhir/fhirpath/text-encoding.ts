const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Returns `text` as `base64`, `urlbase64` or `hex`; undefined for another form. */
export function encodeText(text: string, form: string): string | undefined {
  const bytes = encoder.encode(text);
  if (form === 'hex') return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = btoa(String.fromCodePoint(...bytes));
  if (form === 'base64') return base64;
  return form === 'urlbase64' ? base64.replaceAll('+', '-').replaceAll('/', '_') : undefined;
}

/** Returns the text that `encodeText` made `text` of; undefined when it did not. */
export function decodeText(text: string, form: string): string | undefined {
  if (form === 'hex') {
    if (!/^(?:[0-9A-Fa-f]{2})*$/.test(text)) return undefined;
    const pairs = text.match(/../g) ?? [];
    return decoder.decode(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)));
  }
  if (form !== 'base64' && form !== 'urlbase64') return undefined;
  const base64 = form === 'base64' ? text : text.replaceAll('-', '+').replaceAll('_', '/');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined;
  return decoder.decode(Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)));
}

const entities: Readonly<Record<string, string>> = {
  '"': '&quot;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
};
const characters = Object.fromEntries(Object.entries(entities).map(([one, name]) => [name, one]));

const controls: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Returns `text` so that it can stand in `html` or `json`; undefined for another form. */
export function escapeText(text: string, form: string): string | undefined {
  if (form === 'json') return JSON.stringify(text).slice(1, -1);
  return form === 'html' ? text.replace(/["&<>']/g, (one) => entities[one] ?? one) : undefined;
}

/** Returns the text that `escapeText` made `text` of; undefined when it did not. */
export function unescapeText(text: string, form: string): string | undefined {
  if (form === 'html') {
    return text.replace(/&(?:quot|amp|lt|gt|#39);/g, (name) => characters[name] ?? name);
  }
  if (form !== 'json') return undefined;
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|(["\\/bfnrt]))/g, (all, hex?: string, one = '') => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return typeof one === 'string' ? (controls[one] ?? one) : all;
  });
}
