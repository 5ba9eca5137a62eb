"""What a network's description may name: Keras' own building blocks, and nothing else.

Keras looks up a class by module and name, and a function likewise. Its own list of what is not for modelling leaves
out keras.config (a file could change the process's float type), keras.datasets and keras.applications (a file could
start a download), keras.callbacks and others. So this is a list of what is allowed, and a test holds it against the
installed Keras.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


LAYERS = words(
    """
    Activation ActivityRegularization AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D
    AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D Add AdditiveAttention AlphaDropout Attention
    AugMix AutoContrast Average AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D AvgPool2D AvgPool3D
    BatchNormalization Bidirectional CategoryEncoding CenterCrop Concatenate
    ContrastLimitedAdaptiveHistogramEqualization Conv1D Conv1DTranspose Conv2D Conv2DTranspose Conv3D
    Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D Convolution1D Convolution1DTranspose Convolution2D
    Convolution2DTranspose Convolution3D Convolution3DTranspose Cropping1D Cropping2D Cropping3D CutMix Dense
    DepthwiseConv1D DepthwiseConv2D Discretization Dot Dropout ELU EinsumDense Embedding Equalization Flatten
    GRU GRUCell GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D
    GlobalAveragePooling3D GlobalAvgPool1D GlobalAvgPool2D GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D
    GlobalMaxPool3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization
    GroupQueryAttention HashedCrossing Hashing Identity InputLayer IntegerLookup LSTM LSTMCell
    LayerNormalization LeakyReLU Masking MaxNumBoundingBoxes MaxPool1D MaxPool2D MaxPool3D MaxPooling1D
    MaxPooling2D MaxPooling3D Maximum MelSpectrogram Minimum MixUp MultiHeadAttention Multiply Normalization
    PReLU Permute Pipeline RMSNormalization RNN RandAugment RandomBrightness RandomColorDegeneration
    RandomColorJitter RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip
    RandomGaussianBlur RandomGrayscale RandomHue RandomInvert RandomPerspective RandomPosterization
    RandomRotation RandomSaturation RandomSharpness RandomShear RandomTranslation RandomZoom ReLU RepeatVector
    Rescaling Reshape Resizing ReversibleEmbedding STFTSpectrogram SeparableConv1D SeparableConv2D
    SeparableConvolution1D SeparableConvolution2D SimpleRNN SimpleRNNCell Softmax Solarization SpatialDropout1D
    SpatialDropout2D SpatialDropout3D SpectralNormalization StackedRNNCells StringLookup Subtract
    TextVectorization TimeDistributed UnitNormalization UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D
    ZeroPadding2D ZeroPadding3D
    """
)
OLD_LAYERS = words("AlphaDropout RandomHeight RandomWidth ThresholdedReLU")
MODELS = words("Functional Model Sequential")
APPLICATION_LAYERS = words("CustomScaleLayer LayerScale StochasticDepth")
"""Layers that keras.applications defines for itself; an .h5 file names them without their module."""

INITIALIZERS = words(
    """
    Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer LecunNormal LecunUniform
    Ones Orthogonal OrthogonalInitializer RandomNormal RandomUniform STFT STFTInitializer TruncatedNormal
    VarianceScaling Zeros
    """
)
REGULARIZERS = words("L1 L1L2 L2 OrthogonalRegularizer")
CONSTRAINTS = words("MaxNorm MinMaxNorm NonNeg UnitNorm")
QUANTIZERS = words(
    """
    AWQConfig AbsMaxQuantizer Float8QuantizationConfig GPTQConfig Int4QuantizationConfig Int8QuantizationConfig
    QuantizationConfig
    """
)
POLICIES = words("DTypePolicy FloatDTypePolicy")
QUANTIZED_POLICIES = words(
    """
    AWQDTypePolicy DTypePolicyMap GPTQDTypePolicy Int4DTypePolicy QuantizedDTypePolicy
    QuantizedFloat8DTypePolicy
    """
)
LOSSES = words(
    """
    BinaryCrossentropy BinaryFocalCrossentropy CTC CategoricalCrossentropy CategoricalFocalCrossentropy
    CategoricalGeneralizedCrossEntropy CategoricalHinge Circle CosineSimilarity Dice Hinge Huber KLDivergence
    LogCosh MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson
    SparseCategoricalCrossentropy SquaredHinge Tversky
    """
)
METRICS = words(
    """
    AUC Accuracy BinaryAccuracy BinaryCrossentropy BinaryIoU CategoricalAccuracy CategoricalCrossentropy
    CategoricalHinge ConcordanceCorrelation CosineSimilarity F1Score FBetaScore FalseNegatives FalsePositives
    Hinge IoU KLDivergence LogCoshError Mean MeanAbsoluteError MeanAbsolutePercentageError MeanIoU
    MeanMetricWrapper MeanSquaredError MeanSquaredLogarithmicError OneHotIoU OneHotMeanIoU PearsonCorrelation
    Poisson Precision PrecisionAtRecall R2Score Recall RecallAtPrecision RootMeanSquaredError
    SensitivityAtSpecificity SparseCategoricalAccuracy SparseCategoricalCrossentropy
    SparseTopKCategoricalAccuracy SpecificityAtSensitivity SquaredHinge Sum TopKCategoricalAccuracy
    TrueNegatives TruePositives
    """
)
OPTIMIZERS = words(
    """
    Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lamb Lion LossScaleOptimizer MultiOptimizer Muon Nadam
    OptimizerMap RMSprop SGD ScheduleFreeAdamW
    """
)
SCHEDULES = words(
    """
    CosineDecay CosineDecayRestarts ExponentialDecay InverseTimeDecay LearningRateSchedule
    PiecewiseConstantDecay PolynomialDecay
    """
)

CLASSES: dict[str, frozenset[str]] = {
    "keras": MODELS | POLICIES,
    "keras.models": MODELS,
    "keras.layers": LAYERS,
    "keras._legacy.layers": OLD_LAYERS,
    "keras.initializers": INITIALIZERS,
    "keras.regularizers": REGULARIZERS,
    "keras.constraints": CONSTRAINTS,
    "keras.quantizers": QUANTIZERS,
    "keras.dtype_policies": POLICIES | QUANTIZED_POLICIES,
    "keras.losses": LOSSES,
    "keras.metrics": METRICS,
    "keras.optimizers": OPTIMIZERS,
    "keras.optimizers.schedules": SCHEDULES,
    "keras.random": frozenset({"SeedGenerator"}),
    "keras.src.models.functional": frozenset({"Functional"}),
    "keras.src.activations.activations": frozenset({"Mish", "ReLU"}),
    "keras.src.quantizers.quantizers": frozenset({"FakeQuantWithMinMaxVars"}),
    "keras.src.applications.convnext": frozenset({"LayerScale", "StochasticDepth"}),
    "keras.src.applications.inception_resnet_v2": frozenset({"CustomScaleLayer"}),
}
"""Classes by the module that Keras writes beside them."""

OPERATIONS = frozenset(
    f"keras.src.ops.{name}" for name in ["core", "einops", "image", "linalg", "math", "nn", "numpy"]
)
"""Modules of the operations that a graph is made of besides layers; Keras takes no other class from them."""
OPERATION = re.compile(r"[A-Z][A-Za-z0-9]{0,63}")

BARE_OPERATIONS = words(
    """
    Abs Absolute All Amax Amin Any Arccos Arccosh Arcsin Arcsinh Arctan Arctan2 Arctanh Argmax Argmin
    AveragePool BroadcastTo Cast Cbrt Ceil Celu Clip ConvertToTensor Copy Cos Cosh Cross Cumprod Cumsum Diff
    Divide DivideNoNan Einsum Elu Equal Erf Exp Exp2 ExpandDims Expm1 Flip Fliplr Flipud Floor FloorDivide Gelu
    Glu Greater GreaterEqual HardShrink HardSigmoid HardSilu HardTanh Inner Isfinite Isinf Isnan
    LeakyRelu Less LessEqual Log Log10 Log1p Log2 LogSigmoid LogSoftmax LogicalAnd LogicalNot LogicalOr
    LogicalXor Logsumexp Matmul Max MaxPool Mean Median Min Mod Moments Moveaxis NanToNum Negative Norm
    Normalize NotEqual OnesLike Outer Pad Power Prod Ravel Reciprocal Relu Relu6 Repeat RGBToGrayscale Resize
    Roll Round Rsqrt Select Selu Sigmoid Sign Silu Sin Sinh Softplus Softsign Sort Split Sqrt Square Squeeze
    Stack Std Sum Swapaxes Take Tan Tanh Tensordot Tile Transpose Tril Triu TrueDivide Unstack Var Where
    ZerosLike
    """
)
"""Operations that an .h5 file may name, which leaves their modules out."""

AMBIGUOUS = words("Add Average Concatenate Dot Maximum Minimum Multiply Reshape Softmax Subtract")
"""Names of a layer and of an operation."""
COMPUTING = BARE_OPERATIONS | LAYERS | APPLICATION_LAYERS
"""What computes something from tensors."""

UNQUALIFIED = (
    COMPUTING
    | OLD_LAYERS
    | MODELS
    | INITIALIZERS
    | REGULARIZERS
    | CONSTRAINTS
    | QUANTIZERS
    | POLICIES
    | QUANTIZED_POLICIES
    | {"Policy", "TensorShape", "__tuple__", "SeedGenerator"}
)
"""Classes that may stand without a module, as in every .h5 file."""

VALUES = words("__keras_tensor__ __tensor__ __numpy__ __bytes__ __ellipsis__ __slice__")
"""What stands for a value rather than for an object."""

ACTIVATIONS = words(
    """
    celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear
    log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus
    sparse_sigmoid sparsemax squareplus swish tanh tanh_shrink threshold
    """
)
LOSS_FUNCTIONS = words(
    """
    binary_accuracy binary_crossentropy binary_focal_crossentropy categorical_accuracy categorical_crossentropy
    categorical_focal_crossentropy categorical_generalized_cross_entropy categorical_hinge circle
    concordance_correlation cosine_similarity ctc dice hinge huber kl_divergence log_cosh mean_absolute_error
    mean_absolute_percentage_error mean_squared_error mean_squared_logarithmic_error pearson_correlation poisson
    sparse_categorical_accuracy sparse_categorical_crossentropy sparse_top_k_categorical_accuracy squared_hinge
    top_k_categorical_accuracy tversky
    """
)
FUNCTIONS: dict[str, frozenset[str]] = {
    "builtins": ACTIVATIONS | LOSS_FUNCTIONS,
    "keras.activations": ACTIVATIONS,
    "keras.losses": LOSS_FUNCTIONS,
    "keras.metrics": LOSS_FUNCTIONS,
}
"""Functions by module."""
OPERATION_FUNCTIONS = frozenset({"keras.ops", "keras.ops.image"})
OPERATION_FUNCTION = re.compile(r"[a-z][a-z0-9_]{0,63}")

PROGRAMS = words(
    """
    Lambda TFSMLayer TorchModuleWrapper JaxLayer FlaxLayer TFOpLambda SlicingOpLambda ClassMethod InstanceMethod
    InstanceProperty TensorFlowOpLayer KerasLayer
    """
)
"""Layers that carry or call code that is not Keras' own."""

DTYPES = words(
    """
    bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float8_e4m3fn float8_e5m2 float16 bfloat16 float32
    float64 int4 uint4 complex64 complex128 string
    """
)
"""Types of the numbers that a description may hold; NumPy would take a name like S1000000000 and make room for it."""
