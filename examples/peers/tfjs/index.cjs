// face-api asks for the whole of tfjs, 140 MB with a core, an engine and backends of its own. This is what it uses, of the tfjs at hand.
const core = require('@tensorflow/tfjs-core');
const converter = require('@tensorflow/tfjs-converter');

// There, tensors have operations as methods.
const methods = core.Tensor.prototype;
for (const name of ['add', 'div', 'expandDims', 'mean', 'mul', 'reshape', 'slice', 'sub', 'transpose']) {
  methods[name] ??= function (...rest) {
    return core[name](this, ...rest);
  };
}
for (const rank of [1, 2, 3, 4]) {
  methods[`as${rank}D`] ??= function (...shape) {
    return core.reshape(this, rank === 1 ? [this.size] : shape);
  };
}

module.exports = { ...core, ...converter };
