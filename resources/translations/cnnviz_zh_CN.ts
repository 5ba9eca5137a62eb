<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name></name>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edge length of the square pattern in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps of gradient ascent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of a step: in units of the network&apos;s input, or Adam&apos;s learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the random start and of the random shifts; the same seed gives the same picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is changed: the pixels themselves, or frequencies and decorrelated colours, which look natural</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fourier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How a gradient becomes a step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normalized gradient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is made large: the layer&apos;s output, or what goes into its activation function</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer&apos;s output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Climb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures computed together; changes the speed, not the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest random shift before each step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest random rotation before each step, in degrees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest random enlargement or reduction before each step; 0.1 is a tenth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scaling</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ActivationPage</name>
    <message>
        <source>The channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel {channel}, {height} x {width}, from {low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>row {row}, column {column}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ApplicationDialog</name>
    <message>
        <source>Open from keras.applications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search networks…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search networks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Networks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>made for {0} x {0} pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;ImageNet (downloaded where missing)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;None (untrained)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From a &amp;file:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With its classifying &amp;top (fixed picture size)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights (*.h5 *.hdf5 *.keras);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose weights</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChannelGrid</name>
    <message>
        <source>Screen pixels for each value of a channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard deviations from each channel&apos;s mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>each channel&apos;s minimum .. maximum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>activation, zero in the middle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels of {layer}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} channels of {height} x {width}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; chosen: channel {channel}, mean {mean}, maximum {maximum}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>channel {channel}   row {row}, column {column}   {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>channel {channel}   {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>out of date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel {channel}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy this channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this channel...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make its pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the view</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChannelGridHeader</name>
    <message>
        <source>How activations become colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours; type a name to find it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the channels, from large to small</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels a row; the lowest is as many as fit the window best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels a row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the mosaic to the window (0)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One screen pixel a value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1:1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sca&amp;le</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;ort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Per ro&amp;w</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tutorial</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each channel: two standard deviations around its mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each channel: from its minimum to its maximum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All channels alike: the layer&apos;s minimum to its maximum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All channels alike: zero in the middle of the colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the network numbers them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the mean of each channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the largest value of each channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the share of positions that are zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By the correlation with the chosen channel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Likeliest classes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no further details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all of this text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>max</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>std</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GridPresenter</name>
    <message>
        <source>Opening the network…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a picture here to see what every channel does with it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <source>How often which value occurs (heights are logarithms of counts)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Histogram of the channel&apos;s values</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Save channel...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kernels are not known yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pattern has been made for this channel yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a channel to look at it closely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel {channel}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This channel is one number; there is nothing to lay over the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture to lay the channel over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the channel does with the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The activation over the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kernels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights of the channel&apos;s filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the channel looks for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zero everywhere for this picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same value everywhere for this picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some values are infinite or not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {row}, column {column}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectorPresenter</name>
    <message>
        <source>Click a channel in the grid to see it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pattern of this channel was made yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This layer has no convolution kernels.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>engine starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>engine restarting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>engine failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>engine {gigabytes:.1f} GB  {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process that computes: its memory, and what it computes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KernelsPage</name>
    <message>
        <source>The kernels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kernel in colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The three kernels as red, green and blue; grey is zero</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>input channel {channel}, row {row}, column {column}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{height} x {width}, {count} input channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{height} x {width}, {count} input channels, bias {bias}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayerModel</name>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stride</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type of numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{height:g} x {width:g} pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Receptive field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {count} layers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LayerTree</name>
    <message>
        <source>Open a network to see its layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By name, by type (conv, pool, bn), by channels (&gt;=512, &lt;32, =64)
or by the name in the tutorial (res2a_branch2a). All words must hold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No layer matches {text}.

Try a part of a name, conv, or &gt;=512.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter patterns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent net&amp;works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent p&amp;ictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.avif *.tif *.tiff *.bmp *.gif *.jp2);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Networks (*.keras *.h5 *.hdf5);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture (*.png);;Raw activations (*.npz)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;h3&gt;cnnviz-gui {version}&lt;/h3&gt;&lt;p&gt;A workbench for looking inside convolutional networks.&lt;/p&gt;&lt;p&gt;MIT licence. EfficientNet-Lite0: Apache-2.0. The sample photos&apos; licences are in LICENSES.md.&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About cnnviz-gui</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the layer tree: next or previous layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the grid: neighbouring channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the grid: zoom in, out, fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MosaicCanvas</name>
    <message>
        <source>channel {channel}: zero everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>channel {channel}: {value} everywhere (constant)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>channel {channel}: not finite (infinite or not a number)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>The channel over the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity of the channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interpolate between positions, or show them as squares</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PatternChoices</name>
    <message>
        <source>No layer is chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ch&amp;annels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prese&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels to make patterns of, like 0-63, 80; empty or all for every one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tutorial: exactly the source tutorial&apos;s.
Clear: larger and more natural shapes, slower.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tutorial</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Custom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide every parameter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PatternCurve</name>
    <message>
        <source>Objective over the steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The objective of every pattern over the steps (faint), and their mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{mean:.3g} on average after {done} of {steps} steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>objective</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PatternMosaic</name>
    <message>
        <source>Patterns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel {channel}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PatternPage</name>
    <message>
        <source>The channel&apos;s pattern</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PatternPanel</name>
    <message>
        <source>&amp;Generate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save these patterns as a picture that remembers how it was made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the patterns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the patterns of these channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and keep what there is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a layer to see what its channels look for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This layer has no channels to make patterns of. Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No patterns yet.

Choose channels and press Generate: each channel&apos;s pattern grows here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PatternPresenter</name>
    <message>
        <source>Preparing…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PatternSettingsForm</name>
    <message>
        <source>{explanation}.
In recipes: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureCanvas</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to look at it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureInput</name>
    <message>
        <source>Input si&amp;ze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;reprocessing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input size, height x width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height x width that the picture is squashed to before the network sees it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fed {low:.2f} .. {high:.2f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} (fixed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This network takes pictures of this size only (height x width).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} (tutorial&apos;s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} (network&apos;s own)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} (picture&apos;s own)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not the network&apos;s own, which is {title}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>Open a picture file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the photos that come along</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the picture in the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} x {height}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{width} pixels wide, {height} high</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The browser gave an address, not the picture. Copy the picture there and paste it here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>The language changes at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_ErrorRow</name>
    <message>
        <source>Show the technical details of this error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss this error</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_JobRow</name>
    <message>
        <source>Stop this job; what is done is kept where that is possible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop: {job}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Patterns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;folder of pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Paste picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;network…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open from &amp;keras.applications…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export channel grid…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export &amp;view as shown…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export chosen &amp;channel…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export every &amp;layer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export pa&amp;tterns…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Previous picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Search layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the &amp;bundled network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pattern of the chosen &amp;channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About cnnviz-gui</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>A guess: the network does not say how its pictures were prepared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sequence of {length} steps, each channel shown as a column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A size is written as height x width, like 500 x 333.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A slice from the middle of {shape}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As keras.applications does for the network inside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As keras.applications does for this network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CNNVIZ_WEIGHTS_URL does not hold a web address. Received: {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels are written like 0-63, 80. Received: {text}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels {channels}: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a .keras or .h5 file in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a larger size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a multiple of 32, or the network&apos;s own size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose its weights file as well, or open it untrained with the weights none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the file with &quot;tf_dim_ordering_tf_kernels&quot; in its name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the network that the file was saved from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs, or ask for something smaller.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computing activations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect to the internet and open the network again, put {file} into {folder}, or use &quot;Choose file...&quot; to name it where it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convert the network, then save it with model.save(&apos;network.keras&apos;).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy or download it again, or save the network again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decrypt it and zip it again, stored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you mean: {names}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download the file and open the copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloading the weights of {network}: {done} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloading the weights of {network}: {done} of {total} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting {layer}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files saved by Keras are read: .weights.h5, .h5 and .keras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First of {count} frames.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it a name that ends in .h5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grids are written as .png or .npz. Received: {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height and width must be from {low} to {high} pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it is a network, give it a name that ends in .h5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it is a network, give it a name that ends in .keras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you trust whoever made the file, open it with Trust and open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the newest version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It begins with https:// or http://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It computes in {types}; activations are shown as float32.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is incomplete, or was made to exhaust the memory. Save the network again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be damaged or not copied to its end; get it once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be damaged, or need classes that are not part of Keras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may need a newer Keras, or have been made to do something else than compute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It should define the network&apos;s classes and do nothing else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It starts again by itself. What is already on the screen stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stopped {deaths} times in a row and will be started again in {seconds} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes one channel: pictures are turned to grey.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes pictures of {height} x {width} only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes pictures that are {height} pixels high, of any width.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes pictures that are {width} pixels wide, of any height.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes two channels: each is fed the picture&apos;s grey levels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes {count} channels: the first three are red, green and blue, all others the picture&apos;s grey levels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes {count} pictures one after the other: it is fed the same one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was made with the channels first; a copy with the channels last is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it smaller in an image editor first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room in {folder} and open the network again, or set KERAS_HOME to a folder on another disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making patterns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name a Python file that defines it; on the command line: --classes FILE.py.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the Python file that defines it, or save the network without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the Python file that defines it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the right one with --image FILE.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Networks made with keras.Sequential or the functional API always open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Networks with an input of shape (height, width, channels) can be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One position a channel: shown on the scale of the whole layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it on a computer with more memory, or save a part of the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the network, a .keras or .json file or keras:NAME, and choose this file as its weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the picture first, then drop the export again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {network} with its top, or choose the file without it (its name often ends in &quot;notop&quot;).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {network} without its top, or choose the file with the top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the network again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the recipe&apos;s network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patterns of {layer}: {done} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparing {layer}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put it beside the file, or install it where this application runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put keras.Input(shape=...) first, or call it on one picture, and save it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the recipe&apos;s picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it from {folder}, so that it is downloaded again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the Lambda layer by a layer class and save the network again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a part of the network as a file of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the inner networks one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the network again with model.save(&apos;network.keras&apos;).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the network again with the contents of that file inside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the network as one file with model.save(&apos;network.keras&apos;).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the network where it was made with model.save(&apos;network.keras&apos;), and open that file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the network with model.save(&apos;network.keras&apos;).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the weights again as one file with model.save_weights(&apos;name.weights.h5&apos;).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {count} pictures in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scaled from {low:.4g} .. {high:.4g} to 0 .. 255.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the size to {height}, or open the network without its top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something unexpected went wrong: {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong that was not foreseen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {step} of {steps}, patterns {first} to {last} of {count}
Climbing {climbed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped: {count} patterns of {layer} kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ImageNet weights of {network} are not on this machine, and {host} cannot be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ImageNet weights of {network} are not on this machine, and {host} could not prove that it is the right server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Python file {name} stops with an error in line {line}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The channel is constant: it does not depend on the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The channel is off everywhere on the starting picture, so there is no gradient to follow: climb the preactivation, or try another seed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The channel&apos;s activation is not finite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection broke before {file} was complete. Expected: {total} MB. Received: {done} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data could not be passed between the window and the engine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The description of the network in {name} has {size}; {limit} are allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The description of the network in {name} holds {count} values; {limit} are allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: {name} was not written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly (out of memory, or a crash in a native library).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine was ended before this was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file may have been made to exhaust the memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file name is too long: {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {name} ({shape}) is fed zeros.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The input {name} may take a picture of its own; without one it is fed zeros.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The largest networks need 1 MB. The file may have been made to exhaust the memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layers inside {names} cannot be shown one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network scales its pictures itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The networks in {name} are nested too deep for Keras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The numbers in {name} take more than the {limit} that are allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The output is text, not numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture goes to the input {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture of the recipe, {name}, was not found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe in {name} is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe in {name} was made by a newer version (format {found}; this one reads up to {known}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe is damaged or was made by another version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server did not give {file}, the weights of {network}. Received: error {code}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server does not have {file}, the weights of {network}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The view of the recipe is back, but this is not the same: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The view of the recipe is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights in {file} do not fit {variable}. Expected shape: {expected}. Received: {received}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights of a top are left over: open {network} with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights of the top are missing: open {network} without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no weights in {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no colormap called {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no network called {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture in {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no preprocessing called {name}. Known: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no weights file {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This layer has {count} channels: 0 to {last}. Received: {part}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transparent parts are shown on white.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try another size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try to save it again from the program that made it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a .keras, .h5 or .json file, keras:NAME such as keras:ResNet50, or one of: {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF or JPEG 2000 file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use one of Matplotlib&apos;s names, such as {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What has come is kept: open the network again to go on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the server sent is not the {file} that Keras publishes: its checksum is wrong. It was removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where it was made, put a layer class in the place of it and save the network again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where it was made, save it as an .h5 file with model.save(&apos;network.h5&apos;).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the network was made, save it as one file with model.save(&apos;network.keras&apos;).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it with model.to_json().</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zip what is in the folder, and give the zip file a name that ends in .keras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {minutes:.0f} min, {gigabytes:.1f} GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {seconds:.0f} s, {gigabytes:.1f} GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keras.applications has no network called {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the output of {layer}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the positive part of {layer}, which is linear in the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} patterns of {layer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} tokens as the {height} x {width} map that they were.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} tokens as the {height} x {width} map that they were; {first} in front of them not shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} does not fit the layer {layer} of {network}. Expected: {expected} arrays. Received: {received}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} does not fit {network}. Expected: {expected} arrays. Received: {received}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} has no weights for the top of {network}. Expected: weights of {expected} layers. Received: of {received}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} holds weights for a top, which {network} was opened without. Expected: weights of {expected} layers. Received: of {received}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} holds weights of another network than {network}. Expected: weights of {expected} layers. Received: of {received}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} was made for Theano: its kernels are stored in another order than TensorFlow&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} does not let you read or write {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{index}  {label}: {value:.4g}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer} before its activation function</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer} could not be computed for this picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer} has {count} channels: 0 to {last}. Received: {channels}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer} has {count} channels: 0 to {last}. Received: {channel}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{member} in {name} would unpack to {size}; {limit} are allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} calls its layers more than {limit} times, which Keras takes hours to build.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} claims to hold {declared} of numbers in {stored}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} could not be read as a .keras file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} could not be read as a Keras network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} could not be read as an HDF5 file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} could not be read or written: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} describes a network of {needed} numbers, but holds {stored}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} describes a network, but holds no weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not hold the ImageNet weights of {network}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not hold weights that fit {network}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not take pictures. Its inputs: {shapes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} gives {key} as {value}, which no computer has the memory for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has more than {limit} layers, which Keras takes minutes to build.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds a network&apos;s architecture without its weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds a program (a Lambda layer), which is not run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds a program ({programs}), which is never run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds a program ({programs}), which is not run unasked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds far more weights than {network} has. Expected: up to {limit} MB. Received: {size} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds more than {limit} parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds no recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds no weights ({member}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds no {member}, so it is not a Keras network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds something else than numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} holds weights without the network that they belong to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a SavedModel: one call without layers that could be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a SavedModel: one opaque program without layers to look into.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a device or a pipe, not a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a file of {maker}, which Keras does not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a folder, not a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a folder, not a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a folder; a network is opened from one file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a link that leads to itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a zip file, but its name does not end in .keras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is an HDF5 file, but its name does not end in .h5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is an HDF5 file, but not one that Keras wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is an HDF5 file, though its name ends in .keras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is an address: only files on this machine are opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is being downloaded by another window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is damaged or incomplete and cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is damaged or incomplete.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is damaged: {key} of a {layer} layer is {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is encrypted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a PNG file that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a file name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a file of weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a network: .keras and .h5 files are read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a network: .keras, .h5 and .json files are read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a picture that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not built the way Keras builds such files, so it was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not the architecture of a Keras network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not the description of a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not the picture of the recipe ({expected}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is too large for a picture: at most {limit} MB are read. Received: {size} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is too large for the description of a network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is too large: at most {limit} megapixels are read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is too large: at most {limit} megapixels are read. Received: {width} x {height}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} keeps its weights as NumPy arrays, which Keras cannot read back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} lists its layers in an order that Keras takes hours to sort.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} names {what}, which is not a part that networks are made of, so it was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs the module {module}, which is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs {missing}, which is not part of Keras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs {missing}, which {classes} does not define.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs {needed} of memory; this computer allows {limit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs {what}, which is not part of Keras.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} points to data outside itself, which is not followed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} refers to other files or places instead of holding its numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} runs code of its own in which layers cannot be told apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was not found in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was saved before the shape of its input was known, so it has no weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} was saved by Keras 2 in a form that Keras 3 does not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} would have Keras read the file {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{network} cannot take a picture of {height} x {width}: its layers do not fit together at this size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{network} cannot take a picture of {height} x {width}: nothing would be left of it in some layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{network} has no layer called {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{network} has no other input {name} that takes a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{network} takes pictures of {height} x {width} only, and patterns are squares of {size}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{network} takes pictures of {height} x {width} only. Received: {other_height} x {other_width}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{network} takes pictures that are {height} pixels high. Received: {other_height} x {other_width}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{network} takes pictures that are {width} pixels wide. Received: {other_height} x {other_width}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} must be from {low} to {high}. Received: {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{parameter} must be one of {choices}. Received: {value}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
