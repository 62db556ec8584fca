// face-api asks for the whole of tfjs, 140 MB with a core, an engine and backends of its own. It uses these parts of it.
module.exports = {
  ...require('@tensorflow/tfjs-core'),
  ...require('@tensorflow/tfjs-converter'),
};
