import protobuf from 'protobufjs';

/** The messages of TensorFlow's event files, as far as they are used here. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Event {
    double wall_time = 1; int64 step = 2;
    oneof what { string file_version = 3; Summary summary = 5; SessionLog session_log = 7; }
  }
  message Summary { repeated Value value = 1; }
  message Value { string tag = 1; float simple_value = 2; }
  message SessionLog { int32 status = 1; }
`);
const Event = root.lookupType('Event');

export interface ReadEvent {
  wallTime: number;
  step: number;
  fileVersion?: string;
  summary?: { value: { tag: string; simpleValue: number }[] };
  sessionLog?: { status: number };
}

/**
 * Reads a file of events by another implementation than the one that writes them, and checks every checksum. What is left of a record that a
 * killed process did not finish is passed over, as TensorBoard does.
 */
export function readEvents(file: Uint8Array): ReadEvent[] {
  const events: ReadEvent[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let offset = 0; offset + 12 <= file.length; ) {
    const length = Number(view.getBigUint64(offset, true));
    assertChecksum(file.subarray(offset, offset + 8), view.getUint32(offset + 8, true));
    const message = file.subarray(offset + 12, offset + 12 + length);
    assertChecksum(message, view.getUint32(offset + 12 + length, true));
    events.push(Event.toObject(Event.decode(message), { longs: Number, defaults: false }) as ReadEvent);
    const last = events.at(-1)!;
    last.step ??= 0;
    offset += 16 + length;
  }
  return events;
}

function assertChecksum(bytes: Uint8Array, masked: number): void {
  const rotated = (masked - 0xa282ead8) >>> 0;
  const expected = ((rotated >>> 17) | (rotated << 15)) >>> 0;
  if (castagnoli(bytes) !== expected) throw new Error('A checksum is wrong.');
}

/** CRC-32C by its definition, bit by bit. */
function castagnoli(bytes: Uint8Array): number {
  let register = 0xffffffff;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const feedback = (register ^ (byte >> bit)) & 1;
      register = feedback ? (register >>> 1) ^ 0x82f63b78 : register >>> 1;
    }
  }
  return (register ^ 0xffffffff) >>> 0;
}
