import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../src/formats/crc32c.js';
import { joinBytes } from '../../src/formats/protobuf.js';
import { encodeEventsHeader, encodeScalarsEvent } from '../../src/formats/tensorboard-events.js';
import { readEvents } from './read-tensorboard-events.js';

describe('crc32c', () => {
  it.each([
    ['123456789', 0xe3069283],
    ['', 0],
    ['\0'.repeat(32), 0x8a9136aa],
  ])('of %j in RFC 3720 is %i', (text, expected) => {
    expect(crc32c(new TextEncoder().encode(text))).toBe(expected);
  });

  it('is the remainder of dividing bit by bit by the polynomial', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        // The definition: bits lowest first, over x^32 + 0x1EDC6F41, register and result inverted.
        let register = 0xffffffffn;
        for (const byte of bytes) {
          for (let bit = 0; bit < 8; bit++) {
            const feedback = (register & 1n) ^ BigInt((byte >> bit) & 1);
            register >>= 1n;
            if (feedback) register ^= 0x82f63b78n;
          }
        }
        expect(BigInt(crc32c(bytes))).toBe(register ^ 0xffffffffn);
      }),
    );
  });
});

describe('TensorBoard events', () => {
  it('begin with the version and a start at the step, which a protobuf library reads', () => {
    const events = readEvents(encodeEventsHeader({ step: 12, wallTime: 1700000000.25 }));
    expect(events).toEqual([
      { wallTime: 1700000000.25, step: 0, fileVersion: 'brain.Event:2' },
      { wallTime: 1700000000.25, step: 12, sessionLog: { status: 1 } },
    ]);
  });

  it('hold any scalars, in single precision', () => {
    const tags = fc.stringMatching(/^[a-z]{1,9}\/[A-Za-z]{1,30}$/);
    const scalars = fc.dictionary(tags, fc.float(), { minKeys: 1, maxKeys: 20 });
    fc.assert(
      fc.property(scalars, fc.nat(), (values, step) => {
        const file = joinBytes([
          encodeEventsHeader({ step: 1, wallTime: 1 }),
          encodeScalarsEvent(values, { step, wallTime: 2.5 }),
        ]);
        const event = readEvents(file).at(-1)!;
        expect([event.step, event.wallTime]).toEqual([step, 2.5]);
        const read = Object.fromEntries(event.summary!.value.map(({ tag, simpleValue }) => [tag, simpleValue]));
        expect(Object.keys(read)).toEqual(Object.keys(values));
        for (const [tag, value] of Object.entries(values)) expect(Object.is(read[tag], value)).toBe(true);
      }),
    );
  });

  it('have checksums by which a reader refuses a wrong byte', () => {
    const file = encodeScalarsEvent({ 'train/loss': 0.5 }, { step: 3, wallTime: 1 });
    for (let place = 0; place < file.length; place++) {
      const broken = file.slice();
      broken[place]! ^= 1;
      expect(() => readEvents(broken), `byte ${place}`).toThrow();
    }
  });
});
