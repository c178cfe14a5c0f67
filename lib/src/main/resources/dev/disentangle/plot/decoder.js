  /* The decoder: one function per kind of layer, from flat array to flat array. */
  function unpack(packed) {
    var text = atob(packed.data), bytes = packed.bytes, numbers = new Float32Array(text.length / bytes);
    for (var i = 0; i < numbers.length; i++) {
      var word = 0;
      /* The last byte ends up highest, so that the shift back brings its sign along. */
      for (var b = 0; b < bytes; b++) { word |= text.charCodeAt(bytes * i + b) << 8 * (4 - bytes + b); }
      numbers[i] = (word >> 8 * (4 - bytes)) * packed.scale;
    }
    return numbers;
  }
  var kinds = {
    dense: function (layer) {
      var weights = unpack(layer.weights), biases = unpack(layer.biases);
      return function (x) {
        var y = new Float32Array(biases), n = x.length;
        for (var o = 0; o < y.length; o++) {
          var sum = 0;
          for (var i = 0; i < n; i++) { sum += weights[o * n + i] * x[i]; }
          y[o] += sum;
        }
        return y;
      };
    },
    rectifier: function (layer) {
      return function (x) { return x.map(function (v) { return v > 0 ? v : layer.slope * v; }); };
    },
    sigmoid: function () {
      return function (x) { return x.map(function (v) { return 1 / (1 + Math.exp(-v)); }); };
    },
    transposed: function (layer) {
      var weights = unpack(layer.weights), biases = unpack(layer.biases), k = layer.kernel;
      var h = layer.outputHeight, w = layer.outputWidth;
      return function (x) {
        var y = new Float32Array(biases.length * h * w);
        for (var f = 0; f < biases.length; f++) { y.fill(biases[f], f * h * w, (f + 1) * h * w); }
        for (var i = 0; i < x.length; i++) {
          if (x[i] === 0) { continue; }
          var channel = Math.floor(i / (layer.height * layer.width));
          var top = Math.floor(i / layer.width) % layer.height * layer.stride - layer.padding;
          var left = i % layer.width * layer.stride - layer.padding;
          for (var g = 0; g < biases.length; g++) {
            var from = (channel * biases.length + g) * k * k;
            for (var a = Math.max(0, -top); a < k && top + a < h; a++) {
              for (var b = Math.max(0, -left); b < k && left + b < w; b++) {
                y[(g * h + top + a) * w + left + b] += x[i] * weights[from + a * k + b];
              }
            }
          }
        }
        return y;
      };
    }
  };
  var layers = config.layers.map(function (layer) { return kinds[layer.kind](layer); });
  function decode(code) {
    return layers.reduce(function (x, layer) { return layer(x); }, Float32Array.from(code));
  }

