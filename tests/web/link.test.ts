import type { Experiment } from 'athanor';
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../../bindings/index';
import {
  decodeLink,
  difference,
  encodeLink,
  LinkError,
  maxDocumentBytes,
  maxLinkBytes,
} from '../../web/src/state/link';

const engine = await loadEngine({ variant: 'simd' });
const defaults = engine.defaults();

function changed(change: (document: Experiment) => void): Experiment {
  const document = engine.defaults();
  change(document);
  return document;
}

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof LinkError) return error.reason;
    throw error;
  }
  return 'nothing was thrown';
}

async function deflated(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return Buffer.from(bytes).toString('base64url');
}

describe('the link', () => {
  it('of the default document is empty', async () => {
    expect(await encodeLink(defaults, defaults)).toBe('');
    expect(await decodeLink('')).toBeNull();
    expect(await decodeLink('#section')).toBeNull();
  });

  it('gives the same document back, whatever was changed', async () => {
    const documents = [
      changed((d) => (d.seed = 12345)),
      changed((d) => (d.model.layers = [])),
      changed((d) => {
        d.data.source = 'table';
        d.data.table = {
          name: '花.csv',
          csv: '长,类\n1,甲\n2,"乙\n丙"\n',
          target: '类',
          task: 'classification',
          columns: [{ name: '长', role: 'feature', kind: 'ordinal', order: '1|2', embedding: 0 }],
        };
      }),
      changed((d) => {
        const layers = d.model.layers;
        for (const layer of [...layers])
          layers.push({ ...layer, units: 3, activation: 'sigmoid', norm: 'rms' });
      }),
    ];
    for (const document of documents) {
      const hash = await encodeLink(document, defaults);
      expect(hash).toMatch(/^#d=1\.[\w-]+$/);
      expect(engine.complete(await decodeLink(hash))).toEqual(document);
    }
  });

  it('holds only what differs', () => {
    expect(
      difference(
        changed((d) => (d.training.batch_size = 4)),
        defaults,
      ),
    ).toEqual({ training: { batch_size: 4 } });
  });

  it('refuses a document that does not fit', async () => {
    const noise = Array.from(crypto.getRandomValues(new Uint8Array(60_000)), (byte) =>
      byte.toString(36),
    ).join(',');
    const large = changed((d) => (d.data.table.csv = noise + noise.split('').reverse().join('')));
    expect(await reasonOf(encodeLink(large, defaults))).toBe('too_long');
    const long = changed((d) => (d.data.table.csv = 'x'.repeat(maxDocumentBytes)));
    expect(await reasonOf(encodeLink(long, defaults))).toBe('too_long');
  });
});

describe('a hostile link', () => {
  it('that is damaged, of another version or too long is refused with the reason', async () => {
    expect(await reasonOf(decodeLink('#d=1.!!!'))).toBe('damaged');
    expect(await reasonOf(decodeLink('#d=1.AAAA'))).toBe('damaged');
    expect(await reasonOf(decodeLink('#d=1.'))).toBe('damaged');
    expect(await reasonOf(decodeLink(`#d=1.${await deflated('{"seed":')}`))).toBe('damaged');
    expect(await reasonOf(decodeLink('#d=2.AAAA'))).toBe('version');
    expect(await reasonOf(decodeLink(`#d=1.${'A'.repeat(maxLinkBytes * 2)}`))).toBe('too_long');
  });

  it('is held to 64 KiB compressed and 1 MiB inflated, to the byte', async () => {
    // Stored blocks of deflate: five bytes of header for at most 65535 bytes that stand as they are.
    const stored = (length: number) => {
      const text = Buffer.from(JSON.stringify('x'.repeat(length - 7)));
      const header = Buffer.from([1, 0, 0, 0, 0]);
      header.writeUInt16LE(text.length, 1);
      header.writeUInt16LE(text.length ^ 0xffff, 3);
      return Buffer.concat([header, text]);
    };
    const fits = stored(maxLinkBytes);
    expect(fits).toHaveLength(maxLinkBytes);
    expect(await decodeLink(`#d=1.${fits.toString('base64url')}`)).toMatch(/^x+$/);
    for (let more = 1; more <= 8; ++more) {
      const larger = Buffer.concat([fits, Buffer.alloc(more)]);
      expect(await reasonOf(decodeLink(`#d=1.${larger.toString('base64url')}`)), `${more}`).toBe('too_long');
    }
    const inflated = (length: number) => deflated(JSON.stringify('x'.repeat(length - 2)));
    expect(await decodeLink(`#d=1.${await inflated(maxDocumentBytes)}`)).toHaveLength(maxDocumentBytes - 2);
    expect(await reasonOf(decodeLink(`#d=1.${await inflated(maxDocumentBytes + 1)}`))).toBe('too_long');
  });

  it('that is deep or wide is refused without exhausting the stack', async () => {
    const deep = '['.repeat(500_000) + ']'.repeat(500_000);
    expect(await reasonOf(decodeLink(`#d=1.${await deflated(deep)}`))).toBe('damaged');
    const wide = await decodeLink(`#d=1.${await deflated(`[${'{},'.repeat(300_000)}{}]`)}`);
    expect(() => engine.createSession(wide)).toThrow();
  });

  it('of many links inside each other inflates once only', async () => {
    let bomb = await deflated('0'.repeat(5_000_000));
    for (let level = 0; level < 3; ++level) bomb = await deflated(JSON.stringify(bomb));
    expect(await decodeLink(`#d=1.${bomb}`)).toMatch(/^[\w-]+$/);
  });

  it('that inflates without end is given up early', async () => {
    const bomb = await deflated('0'.repeat(50_000_000));
    expect(bomb.length).toBeLessThan(maxLinkBytes * 1.3);
    const started = performance.now();
    expect(await reasonOf(decodeLink(`#d=1.${bomb}`))).toBe('too_long');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('with any JSON in it reaches the engine as data and is refused there', async () => {
    for (const text of ['[1,2]', '"text"', '{"__proto__":{"polluted":1}}', '{"seed":"1"}']) {
      const document = await decodeLink(`#d=1.${await deflated(text)}`);
      expect(() => engine.createSession(document), text).toThrow();
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
