import { crc32c } from './crc32c.js';
import { encodeMessage, type Field, joinBytes } from './protobuf.js';

// The numbers of the fields of tensorflow's Event, Summary, Summary.Value and SessionLog messages.
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 };
const SUMMARY_VALUE = 1;
const VALUE = { tag: 1, simpleValue: 2 };
const SESSION_STATUS = 1;
const SESSION_START = 1;
/** What TFRecord adds to a rotated checksum, because checksums of checksums are weak. */
const CHECKSUM_MASK = 0xa282ead8;

/** When something happened. */
export interface EventTime {
  step: number;
  /** Seconds since 1970. */
  wallTime: number;
}

/**
 * The beginning of every TensorBoard file: the format's version, and that a run starts at a step. TensorBoard then
 * drops what earlier files have from that step on, so that a resumed run is not drawn twice.
 */
export function encodeEventsHeader({ step, wallTime }: EventTime): Uint8Array<ArrayBuffer> {
  const start = encodeMessage([[SESSION_STATUS, SESSION_START]]);
  return joinBytes([
    record([...timeFields({ step: 0, wallTime }), [EVENT.fileVersion, 'brain.Event:2']]),
    record([...timeFields({ step, wallTime }), [EVENT.sessionLog, start]]),
  ]);
}

/** Numbers by tag, such as `train/loss`, as one event. */
export function encodeScalarsEvent(
  scalars: Readonly<Record<string, number>>,
  time: EventTime,
): Uint8Array<ArrayBuffer> {
  const values = Object.entries(scalars).map(([tag, value]) => {
    const fields: Field[] = [
      [VALUE.tag, tag],
      [VALUE.simpleValue, { bytes: 4, value }],
    ];
    return [SUMMARY_VALUE, encodeMessage(fields)] as const;
  });
  return record([...timeFields(time), [EVENT.summary, encodeMessage(values)]]);
}

function timeFields({ step, wallTime }: EventTime): Field[] {
  return [
    [EVENT.wallTime, { bytes: 8, value: wallTime }],
    [EVENT.step, step],
  ];
}

/** A TFRecord: length, its checksum, the message, its checksum. */
function record(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const message = encodeMessage(fields);
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(message.length), true);
  const lengthBytes = new Uint8Array(length.buffer);
  return joinBytes([lengthBytes, maskedChecksum(lengthBytes), message, maskedChecksum(message)]);
}

function maskedChecksum(bytes: Uint8Array): Uint8Array {
  const crc = crc32c(bytes);
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, (((crc >>> 15) | (crc << 17)) + CHECKSUM_MASK) >>> 0, true);
  return new Uint8Array(view.buffer);
}
