"""The conversion of EfficientNet-Lite0 from PyTorch to Keras, in two halves that never share a process."""
