import { encodeMessage, type Field } from '../../src/formats/protobuf.js';
import type { PlainTensor } from '../../src/formats/safetensors.js';

/** An operator's attributes: text or lists of whole numbers. */
export type Attributes = Record<string, string | readonly number[]>;

/** A graph's input or output. A dimension that is text is any number, the same wherever the text is. */
export interface Port {
  name: string;
  shape: readonly (number | string)[];
}

// From onnx.proto.
const IR_VERSION = 8;
const OPERATOR_SET = 17;
const FLOAT = 1;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTS = 7;

/** Builds an ONNX model node by node. Values have names: each node's output has the node's. */
export class OnnxGraph {
  readonly #fields: Field[] = [[2, 'graph']];

  /** Adds an operator after those that make its inputs ('' for an input left out), and returns the name of its output. */
  node(operator: string, name: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const node = encodeMessage([
      ...inputs.map((input): Field => [1, input]),
      [2, name],
      [3, name],
      [4, operator],
      ...Object.entries(attributes).map(([key, value]): Field => [5, attribute(key, value)]),
    ]);
    this.#fields.push([1, node]);
    return name;
  }

  /** Adds a constant, such as a weight, and returns its name. */
  constant(name: string, { shape, data }: PlainTensor): string {
    const bytes = new Uint8Array(4 * data.length);
    const view = new DataView(bytes.buffer);
    for (const [index, value] of data.entries()) view.setFloat32(4 * index, value, true);
    const tensor = encodeMessage([...shape.map((size): Field => [1, size]), [2, FLOAT], [8, name], [9, bytes]]);
    this.#fields.push([5, tensor]);
    return name;
  }

  /** The model file of the graph from its input to its output. */
  encode(input: Port, output: Port): Uint8Array {
    const graph = encodeMessage([...this.#fields, [11, port(input)], [12, port(output)]]);
    const operators = encodeMessage([
      [1, ''],
      [2, OPERATOR_SET],
    ]);
    return encodeMessage([
      [1, IR_VERSION],
      [2, 'lowres-landmarks'],
      [7, graph],
      [8, operators],
    ]);
  }
}

function attribute(name: string, value: string | readonly number[]): Uint8Array {
  if (typeof value === 'string') {
    return encodeMessage([
      [1, name],
      [4, value],
      [20, ATTRIBUTE_STRING],
    ]);
  }
  return encodeMessage([[1, name], ...value.map((one): Field => [8, one]), [20, ATTRIBUTE_INTS]]);
}

function port({ name, shape }: Port): Uint8Array {
  const dimensions = shape.map((size): Field => [1, encodeMessage([[typeof size === 'number' ? 1 : 2, size]])]);
  const tensorType = encodeMessage([
    [1, FLOAT],
    [2, encodeMessage(dimensions)],
  ]);
  return encodeMessage([
    [1, name],
    [2, encodeMessage([[1, tensorType]])],
  ]);
}
