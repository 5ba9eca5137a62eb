"""The ImageNet weights of keras.applications as files: what they are called, where they lie, their checksums."""

from __future__ import annotations

from dataclasses import dataclass

STORAGE = "https://storage.googleapis.com/"
"""Where Keras keeps them."""


@dataclass(frozen=True)
class WeightsFile:
    """A file of ImageNet weights.

    Args:
        network: Name of the network in keras.applications.
        include_top: With or without the classifying head.
        name: What Keras calls the file on this machine.
        url_path: Where it lies below `STORAGE`.
        checksum: Hexadecimal digits as Keras publishes them, or empty where it publishes none.
    """

    network: str
    include_top: bool
    name: str
    url_path: str
    checksum: str

    @property
    def algorithm(self) -> str:
        """What the checksum is, as `hashlib` calls it, or empty."""
        return {32: "md5", 64: "sha256"}.get(len(self.checksum), "")


def weights_file(network: str, *, include_top: bool) -> WeightsFile:
    """The file of a network.

    Args:
        network: Name in keras.applications.
        include_top: With or without the classifying head.

    Raises:
        KeyError: If keras.applications has no such network.
    """
    return WEIGHTS_FILES[network, include_top]


# A line for a network and its folder, then the file with top and the one without: name, checksum (- for none) and,
# where that differs, the name on the server. Made by packaging/make_zoo_weights.py from Keras 3.15.1.
_TABLE = """
ConvNeXtBase tensorflow/keras-applications/convnext/
  convnext_base.h5 52cbb006d3dadd03f6e095a8ca1aca47aecdd75acb4bc74bce1f5c695d0086e6
  convnext_base_notop.h5 40a20c5548a5e9202f69735ecc06c990e6b7c9d2de39f0361e27baeb24cb7c45
ConvNeXtLarge tensorflow/keras-applications/convnext/
  convnext_large.h5 070c5ed9ed289581e477741d3b34beffa920db8cf590899d6d2c67fba2a198a6
  convnext_large_notop.h5 96f02b6f0753d4f543261bc9d09bed650f24dd6bc02ddde3066135b63d23a1cd
ConvNeXtSmall tensorflow/keras-applications/convnext/
  convnext_small.h5 ce1277d8f1ee5a0ef0e171469089c18f5233860ceaf9b168049cb9263fd7483c
  convnext_small_notop.h5 6fc8009faa2f00c1c1dfce59feea9b0745eb260a7dd11bee65c8e20843da6eab
ConvNeXtTiny tensorflow/keras-applications/convnext/
  convnext_tiny.h5 8ae6e78ce2933352b1ef4008e6dd2f17bc40771563877d156bc6426c7cf503ff
  convnext_tiny_notop.h5 d547c096cabd03329d7be5562c5e14798aa39ed24b474157cef5e85ab9e49ef1
ConvNeXtXLarge tensorflow/keras-applications/convnext/
  convnext_xlarge.h5 c1f5ccab661354fc3a79a10fa99af82f0fbf10ec65cb894a3ae0815f17a889ee
  convnext_xlarge_notop.h5 de3f8a54174130e0cecdc71583354753d557fcf1f4487331558e2a16ba0cfe05
DenseNet121 tensorflow/keras-applications/densenet/
  densenet121_weights_tf_dim_ordering_tf_kernels.h5 9d60b8095a5708f2dcce2bca79d332c7
  densenet121_weights_tf_dim_ordering_tf_kernels_notop.h5 30ee3e1110167f948a6b9946edeeb738
DenseNet169 tensorflow/keras-applications/densenet/
  densenet169_weights_tf_dim_ordering_tf_kernels.h5 d699b8f76981ab1b30698df4c175e90b
  densenet169_weights_tf_dim_ordering_tf_kernels_notop.h5 b8c4d4c20dd625c148057b9ff1c1176b
DenseNet201 tensorflow/keras-applications/densenet/
  densenet201_weights_tf_dim_ordering_tf_kernels.h5 1ceb130c1ea1b78c3bf6114dbdfd8807
  densenet201_weights_tf_dim_ordering_tf_kernels_notop.h5 c13680b51ded0fb44dff2d8f86ac8bb1
EfficientNetB0 keras-applications/
  efficientnetb0.h5 902e53a9f72be733fc0bcb005b3ebbac
  efficientnetb0_notop.h5 50bc09e76180e00e4465e1a485ddc09d
EfficientNetB1 keras-applications/
  efficientnetb1.h5 1d254153d4ab51201f1646940f018540
  efficientnetb1_notop.h5 74c4e6b3e1f6a1eea24c589628592432
EfficientNetB2 keras-applications/
  efficientnetb2.h5 b15cce36ff4dcbd00b6dd88e7857a6ad
  efficientnetb2_notop.h5 111f8e2ac8aa800a7a99e3239f7bfb39
EfficientNetB3 keras-applications/
  efficientnetb3.h5 ffd1fdc53d0ce67064dc6a9c7960ede0
  efficientnetb3_notop.h5 af6d107764bb5b1abb91932881670226
EfficientNetB4 keras-applications/
  efficientnetb4.h5 18c95ad55216b8f92d7e70b3a046e2fc
  efficientnetb4_notop.h5 ebc24e6d6c33eaebbd558eafbeedf1ba
EfficientNetB5 keras-applications/
  efficientnetb5.h5 ace28f2a6363774853a83a0b21b9421a
  efficientnetb5_notop.h5 38879255a25d3c92d5e44e04ae6cec6f
EfficientNetB6 keras-applications/
  efficientnetb6.h5 165f6e37dce68623721b423839de8be5
  efficientnetb6_notop.h5 9ecce42647a20130c1f39a5d4cb75743
EfficientNetB7 keras-applications/
  efficientnetb7.h5 8c03f828fec3ef71311cd463b6759d99
  efficientnetb7_notop.h5 cbcfe4450ddf6f3ad90b1b398090fe4a
EfficientNetV2B0 tensorflow/keras-applications/efficientnet_v2/
  efficientnetv2-b0.h5 21ecbf6da12460d5c40bb2f29ceb2188
  efficientnetv2-b0_notop.h5 893217f2bb855e2983157299931e43ff
EfficientNetV2B1 tensorflow/keras-applications/efficientnet_v2/
  efficientnetv2-b1.h5 069f0534ff22adf035c89e2d9547a9dc
  efficientnetv2-b1_notop.h5 0e80663031ca32d657f9caa404b6ec37
EfficientNetV2B2 tensorflow/keras-applications/efficientnet_v2/
  efficientnetv2-b2.h5 424e49f28180edbde1e94797771950a7
  efficientnetv2-b2_notop.h5 1dfe2e7a5d45b6632553a8961ea609eb
EfficientNetV2B3 tensorflow/keras-applications/efficientnet_v2/
  efficientnetv2-b3.h5 1f1fc43bd98a6e4fd8fdfd551e02c7a0
  efficientnetv2-b3_notop.h5 f6abf7b5849ac99a89b50dd3fd532856
EfficientNetV2L tensorflow/keras-applications/efficientnet_v2/
  efficientnetv2-l.h5 27e6d408b53c7ebc868fefa357689935
  efficientnetv2-l_notop.h5 b0b66b5c863aef5b46e8608fe1711615
EfficientNetV2M tensorflow/keras-applications/efficientnet_v2/
  efficientnetv2-m.h5 a3bf6aa3276309f4fc6a34aa114c95cd
  efficientnetv2-m_notop.h5 1b8dc055df72dde80d614482840fe342
EfficientNetV2S tensorflow/keras-applications/efficientnet_v2/
  efficientnetv2-s.h5 e1d88a8495beba45748fedd0cecbe016
  efficientnetv2-s_notop.h5 af0682fb74e8c54910f2d4393339c070
InceptionResNetV2 tensorflow/keras-applications/inception_resnet_v2/
  inception_resnet_v2_weights_tf_dim_ordering_tf_kernels.h5 e693bd0210a403b3192acc6073ad2e96
  inception_resnet_v2_weights_tf_dim_ordering_tf_kernels_notop.h5 d19885ff4a710c122648d3b5c3b684e4
InceptionV3 tensorflow/keras-applications/inception_v3/
  inception_v3_weights_tf_dim_ordering_tf_kernels.h5 9a0d58056eeedaa3f26cb7ebd46da564
  inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5 bcbd6486424b2319ff4ef7d526e38f63
MobileNet tensorflow/keras-applications/mobilenet/
  mobilenet_1_0_224_tf.h5 -
  mobilenet_1_0_224_tf_no_top.h5 -
MobileNetV2 tensorflow/keras-applications/mobilenet_v2/
  mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224.h5 -
  mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5 -
MobileNetV3Large tensorflow/keras-applications/mobilenet_v3/
  weights_mobilenet_v3_large_224_1.0_float.h5 59e551e166be033d707958cf9e29a6a7
  weights_mobilenet_v3_large_224_1.0_float_no_top_v2.h5 07fb09a5933dd0c8eaafa16978110389
MobileNetV3Small tensorflow/keras-applications/mobilenet_v3/
  weights_mobilenet_v3_small_224_1.0_float.h5 8768d4c2e7dee89b9d02b2d03d65d862
  weights_mobilenet_v3_small_224_1.0_float_no_top_v2.h5 d3e8ec802a04aa4fc771ee12a9a9b836
NASNetLarge tensorflow/keras-applications/nasnet/
  nasnet_large.h5 11577c9a518f0070763c2b964a382f17 NASNet-large.h5
  nasnet_large_no_top.h5 d81d89dc07e6e56530c4e77faddd61b5 NASNet-large-no-top.h5
NASNetMobile tensorflow/keras-applications/nasnet/
  nasnet_mobile.h5 020fb642bf7360b370c678b08e0adf61 NASNet-mobile.h5
  nasnet_mobile_no_top.h5 1ed92395b5b598bdda52abe5c0dbfd63 NASNet-mobile-no-top.h5
ResNet101 tensorflow/keras-applications/resnet/
  resnet101_weights_tf_dim_ordering_tf_kernels.h5 f1aeb4b969a6efcfb50fad2f0c20cfc5
  resnet101_weights_tf_dim_ordering_tf_kernels_notop.h5 88cf7a10940856eca736dc7b7e228a21
ResNet101V2 tensorflow/keras-applications/resnet/
  resnet101v2_weights_tf_dim_ordering_tf_kernels.h5 6343647c601c52e1368623803854d971
  resnet101v2_weights_tf_dim_ordering_tf_kernels_notop.h5 c0ed64b8031c3730f411d2eb4eea35b5
ResNet152 tensorflow/keras-applications/resnet/
  resnet152_weights_tf_dim_ordering_tf_kernels.h5 100835be76be38e30d865e96f2aaae62
  resnet152_weights_tf_dim_ordering_tf_kernels_notop.h5 ee4c566cf9a93f14d82f913c2dc6dd0c
ResNet152V2 tensorflow/keras-applications/resnet/
  resnet152v2_weights_tf_dim_ordering_tf_kernels.h5 a49b44d1979771252814e80f8ec446f9
  resnet152v2_weights_tf_dim_ordering_tf_kernels_notop.h5 ed17cf2e0169df9d443503ef94b23b33
ResNet50 tensorflow/keras-applications/resnet/
  resnet50_weights_tf_dim_ordering_tf_kernels.h5 2cb95161c43110f7111970584f804107
  resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5 4d473c1dd8becc155b73f8504c6f6626
ResNet50V2 tensorflow/keras-applications/resnet/
  resnet50v2_weights_tf_dim_ordering_tf_kernels.h5 3ef43a0b657b3be2300d5770ece849e0
  resnet50v2_weights_tf_dim_ordering_tf_kernels_notop.h5 fac2f116257151a9d068a22e544a4917
VGG16 tensorflow/keras-applications/vgg16/
  vgg16_weights_tf_dim_ordering_tf_kernels.h5 64373286793e3c8b2b4e3219cbf3544b
  vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5 6d6bbae143d832006294945121d1f1fc
VGG19 tensorflow/keras-applications/vgg19/
  vgg19_weights_tf_dim_ordering_tf_kernels.h5 cbe5617147190e668d6c5d5026f83318
  vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5 253f8cb515780f3b799900260a226db6
Xception tensorflow/keras-applications/xception/
  xception_weights_tf_dim_ordering_tf_kernels.h5 0a58e3b7378bc2990ea3b43d5981f1f6
  xception_weights_tf_dim_ordering_tf_kernels_notop.h5 b0042744bf5b25fce3cb969f33bebb97
"""


def _read(table: str) -> dict[tuple[str, bool], WeightsFile]:
    files: dict[tuple[str, bool], WeightsFile] = {}
    network, folder = "", ""
    for words in (line.split() for line in table.strip().splitlines()):
        if "/" in words[1]:
            network, folder = words
            continue
        name, checksum, served = (*words, words[0])[:3]
        include_top = (network, True) not in files
        checksum = "" if checksum == "-" else checksum
        files[network, include_top] = WeightsFile(network, include_top, name, folder + served, checksum)
    return files


WEIGHTS_FILES = _read(_TABLE)
