"""The library's HeatmapUNet (src/networks/heatmap-unet.ts) in PyTorch: the same layers under the same names."""

import torch
import torch.nn.functional as F
from torch import nn


class HeatmapUNet(nn.Module):
    """From faces [n, channels, size, size] to heatmaps [n, landmarks + 1, size, size]."""

    def __init__(self, widths, landmarks, input_channels=3):
        super().__init__()
        self.levels = len(widths)
        self._unit("stem", input_channels, widths[0])
        channels = widths[0]
        for level, width in enumerate(widths, 1):
            self._group(f"encoder{level}", channels, width)
            channels = width
        for level, width in reversed(list(enumerate(widths, 1))):
            if channels != width:
                self.add_module(f"decoder{level}_narrow", nn.Conv2d(channels, width, 1))
            channels = width
            self._group(f"decoder{level}", width, width)
        self.add_module("heatmaps", nn.Conv2d(channels, landmarks + 1, 1))

    def forward(self, x):
        x = self._apply_unit("stem_conv", "stem_norm", x).relu()
        skips = []
        for level in range(1, self.levels + 1):
            x = self._apply_group(f"encoder{level}", x)
            skips.append(x)
            x = F.max_pool2d(x, 2)
        for level in range(self.levels, 0, -1):
            narrow = self._modules.get(f"decoder{level}_narrow")
            x = x if narrow is None else narrow(x)
            x = F.interpolate(x, scale_factor=2.0, mode="nearest") + skips.pop()
            x = self._apply_group(f"decoder{level}", x)
        return self._modules["heatmaps"](x)

    def load_tensors(self, tensors):
        """Takes weights by the library's names, kernels [h, w, in, out], as numpy arrays."""
        own = dict(self.library_tensors())
        assert own.keys() == tensors.keys(), own.keys() ^ tensors.keys()
        with torch.no_grad():
            for name, tensor in own.items():
                tensor.copy_(torch.from_numpy(tensors[name]))

    def library_tensors(self):
        """Views of parameters and running statistics, by the library's names and in its order of dimensions."""
        for layer, module in self._modules.items():
            if isinstance(module, nn.Conv2d):
                yield f"{layer}/kernel", module.weight.permute(2, 3, 1, 0)
                if module.bias is not None:
                    yield f"{layer}/bias", module.bias
            else:
                yield f"{layer}/gamma", module.weight
                yield f"{layer}/beta", module.bias
                yield f"{layer}/moving_mean", module.running_mean
                yield f"{layer}/moving_variance", module.running_var

    def library_gradients(self):
        """Gradients after `backward()`, likewise."""
        for layer, module in self._modules.items():
            if isinstance(module, nn.Conv2d):
                yield f"{layer}/kernel", module.weight.grad.permute(2, 3, 1, 0)
                if module.bias is not None:
                    yield f"{layer}/bias", module.bias.grad
            else:
                yield f"{layer}/gamma", module.weight.grad
                yield f"{layer}/beta", module.bias.grad

    def fold(self):
        """Folds each BatchNorm into the convolution before it, for inference. Call it in evaluation mode."""
        for layer in list(self._modules):
            norm_name = layer.replace("_conv", "_norm")
            if norm_name != layer:
                folded = torch.nn.utils.fuse_conv_bn_eval(self._modules[layer], self._modules[norm_name])
                self._modules[layer], self._modules[norm_name] = folded, nn.Identity()
        return self

    def _unit(self, name, channels, width, suffix=""):
        self.add_module(f"{name}_conv{suffix}", nn.Conv2d(channels, width, 3, padding=1, bias=False))
        self.add_module(f"{name}_norm{suffix}", nn.BatchNorm2d(width))

    def _group(self, name, channels, width):
        for block in (1, 2):
            self._unit(f"{name}_block{block}", channels, width, 1)
            self._unit(f"{name}_block{block}", width, width, 2)
            if channels != width:
                self.add_module(f"{name}_block{block}_identity", nn.Conv2d(channels, width, 1))
            channels = width

    def _apply_unit(self, convolution, norm, x):
        return self._modules[norm](self._modules[convolution](x))

    def _apply_group(self, group, x):
        for name in (f"{group}_block1", f"{group}_block2"):
            hidden = self._apply_unit(f"{name}_conv1", f"{name}_norm1", x).relu()
            identity = self._modules.get(f"{name}_identity")
            shortcut = x if identity is None else identity(x)
            x = (self._apply_unit(f"{name}_conv2", f"{name}_norm2", hidden) + shortcut).relu()
        return x


def heatmap_loss(truth, prediction, visible):
    """Eq. 10 of the paper as src/losses/heatmap-loss.ts has it: summed over channels, averaged over pixels and faces."""
    return ((truth - prediction).square() * visible).sum(dim=1).mean()
