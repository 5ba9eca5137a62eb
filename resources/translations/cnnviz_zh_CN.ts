<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ActivationPage</name>
    <message>
        <source>The channel</source>
        <translation>该通道</translation>
    </message>
    <message>
        <source>Channel {channel}, {height} x {width}, from {low} to {high}</source>
        <translation>通道 {channel}，{height} x {width}，从 {low} 到 {high}</translation>
    </message>
    <message>
        <source>row {row}, column {column}: {value}</source>
        <translation>第 {row} 行，第 {column} 列：{value}</translation>
    </message>
</context>
<context>
    <name>ApplicationDialog</name>
    <message>
        <source>Open from keras.applications</source>
        <translation>从 keras.applications 打开</translation>
    </message>
    <message>
        <source>Search networks…</source>
        <translation>搜索网络…</translation>
    </message>
    <message>
        <source>Search networks</source>
        <translation>搜索网络</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>made for {0} x {0} pictures</source>
        <translation>适用于 {0} x {0} 的图片</translation>
    </message>
    <message>
        <source>&amp;ImageNet (downloaded where missing)</source>
        <translation>ImageNet（缺少时自动下载）(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;None (untrained)</source>
        <translation>无（未训练）(&amp;N)</translation>
    </message>
    <message>
        <source>From a &amp;file:</source>
        <translation>来自文件(&amp;F)：</translation>
    </message>
    <message>
        <source>Weights file</source>
        <translation>权重文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>With its classifying &amp;top (fixed picture size)</source>
        <translation>包含分类顶层（图片尺寸固定）(&amp;T)</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Weights (*.h5 *.hdf5 *.keras);;All files (*)</source>
        <translation>权重 (*.h5 *.hdf5 *.keras);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose weights</source>
        <translation>选择权重</translation>
    </message>
</context>
<context>
    <name>AskingWindow</name>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.avif *.tif *.tiff *.bmp *.gif *.jp2);;All files (*)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.avif *.tif *.tiff *.bmp *.gif *.jp2);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open picture</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Networks (*.keras *.h5 *.hdf5 *.json);;All files (*)</source>
        <translation>网络 (*.keras *.h5 *.hdf5 *.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open network</source>
        <translation>打开网络</translation>
    </message>
    <message>
        <source>Weights (*.h5 *.hdf5 *.keras);;All files (*)</source>
        <translation>权重 (*.h5 *.hdf5 *.keras);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose weights</source>
        <translation>选择权重</translation>
    </message>
    <message>
        <source>Choose the Python file with the network&apos;s classes (it will be run)</source>
        <translation>选择含有网络自定义类的 Python 文件（它将被运行）</translation>
    </message>
    <message>
        <source>Python files (*.py);;All files (*)</source>
        <translation>Python 文件 (*.py);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>PNG picture (*.png);;Raw activations (*.npz)</source>
        <translation>PNG 图片 (*.png);;原始激活值 (*.npz)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>ChannelGrid</name>
    <message>
        <source>Screen pixels for each value of a channel</source>
        <translation>通道的每个值所占的屏幕像素</translation>
    </message>
    <message>
        <source>standard deviations from each channel&apos;s mean</source>
        <translation>与各通道平均值相差的标准差倍数</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>each channel&apos;s minimum .. maximum</source>
        <translation>各通道的最小值 .. 最大值</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>activation, zero in the middle</source>
        <translation>激活值，零居中</translation>
    </message>
    <message>
        <source>Channels of {layer}</source>
        <translation>{layer} 的通道</translation>
    </message>
    <message>
        <source>{count} channels of {height} x {width}</source>
        <translation>{count} 个 {height} x {width} 的通道</translation>
    </message>
    <message>
        <source>; chosen: channel {channel}, mean {mean}, maximum {maximum}</source>
        <translation>；已选：通道 {channel}，平均值 {mean}，最大值 {maximum}</translation>
    </message>
    <message>
        <source>channel {channel}   row {row}, column {column}   {value}</source>
        <translation>通道 {channel}   第 {row} 行，第 {column} 列   {value}</translation>
    </message>
    <message>
        <source>channel {channel}   {value}</source>
        <translation>通道 {channel}   {value}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>Channel {channel}</source>
        <translation>通道 {channel}</translation>
    </message>
    <message>
        <source>Copy this channel</source>
        <translation>复制该通道</translation>
    </message>
    <message>
        <source>Save this channel…</source>
        <translation>保存该通道…</translation>
    </message>
    <message>
        <source>Make its pattern</source>
        <translation>生成其模式图</translation>
    </message>
    <message>
        <source>Copy the view</source>
        <translation>复制视图</translation>
    </message>
</context>
<context>
    <name>ChannelGridHeader</name>
    <message>
        <source>How activations become colours</source>
        <translation>激活值如何变为颜色</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>标度</translation>
    </message>
    <message>
        <source>Colours; type a name to find it</source>
        <translation>色图；输入名称即可查找</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>色图</translation>
    </message>
    <message>
        <source>Order of the channels, from large to small</source>
        <translation>通道的顺序，从大到小</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <source>Channels a row; the lowest is as many as fit the window best</source>
        <translation>每行的通道数；最小值表示按窗口自动选择最合适的数目</translation>
    </message>
    <message>
        <source>Channels a row</source>
        <translation>每行通道数</translation>
    </message>
    <message>
        <source>Sixteen channels a row, as in the tutorial; again: as many as fit the window best</source>
        <translation>每行 16 个通道，与教程相同；再次点击：按窗口自动排列</translation>
    </message>
    <message>
        <source>16 a row</source>
        <translation>每行 16 个</translation>
    </message>
    <message>
        <source>Fit the mosaic to the window (0)</source>
        <translation>使拼图适应窗口 (0)</translation>
    </message>
    <message>
        <source>One screen pixel a value</source>
        <translation>每个值占一个屏幕像素</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>Sca&amp;le</source>
        <translation>标度(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>色图(&amp;C)</translation>
    </message>
    <message>
        <source>S&amp;ort</source>
        <translation>排序(&amp;O)</translation>
    </message>
    <message>
        <source>Per ro&amp;w</source>
        <translation>每行(&amp;W)</translation>
    </message>
    <message>
        <source>Tutorial</source>
        <translation>教程</translation>
    </message>
    <message>
        <source>Each channel: two standard deviations around its mean</source>
        <translation>各通道：平均值上下两个标准差</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>逐通道</translation>
    </message>
    <message>
        <source>Each channel: from its minimum to its maximum</source>
        <translation>各通道：从其最小值到最大值</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>整层</translation>
    </message>
    <message>
        <source>All channels alike: the layer&apos;s minimum to its maximum</source>
        <translation>所有通道相同：从该层的最小值到最大值</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>零居中</translation>
    </message>
    <message>
        <source>All channels alike: zero in the middle of the colours</source>
        <translation>所有通道相同：零位于色图正中</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>As the network numbers them</source>
        <translation>按网络中的编号</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>By the mean of each channel</source>
        <translation>按各通道的平均值</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>By the largest value of each channel</source>
        <translation>按各通道的最大值</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>零值比例</translation>
    </message>
    <message>
        <source>By the share of positions that are zero</source>
        <translation>按值为零的位置所占的比例</translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>By the correlation with the chosen channel</source>
        <translation>按与所选通道的相关性</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Likeliest classes</source>
        <translation>最可能的类别</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>There are no further details.</source>
        <translation>没有更多详细信息。</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy all of this text</source>
        <translation>复制以上全部文字</translation>
    </message>
</context>
<context>
    <name>DropLight</name>
    <message>
        <source>Drop a picture or a network</source>
        <translation>拖放图片或网络到此处</translation>
    </message>
</context>
<context>
    <name>ErrorRow</name>
    <message>
        <source>Show the technical details of this error</source>
        <translation>显示此错误的技术细节</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Dismiss this error</source>
        <translation>关闭此错误</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>零值</translation>
    </message>
    <message>
        <source>std</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>GridPresenter</name>
    <message>
        <source>Opening the network…</source>
        <translation>正在打开网络…</translation>
    </message>
    <message>
        <source>Drop a picture here to see what every channel does with it.</source>
        <translation>将图片拖放到这里，查看每个通道对它的反应。</translation>
    </message>
    <message>
        <source>Computing the channels…</source>
        <translation>正在计算各通道…</translation>
    </message>
    <message>
        <source>No network is open. The File menu opens one.</source>
        <translation>尚未打开网络。可通过“文件”菜单打开。</translation>
    </message>
    <message>
        <source>The channels could not be computed.</source>
        <translation>无法计算各通道。</translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <source>How often which value occurs (heights are logarithms of counts)</source>
        <translation>各个值出现的频数（高度为频数的对数）</translation>
    </message>
    <message>
        <source>Histogram of the channel&apos;s values</source>
        <translation>通道值的直方图</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Save channel…</source>
        <translation>保存通道…</translation>
    </message>
    <message>
        <source>The kernels are not known yet.</source>
        <translation>尚未得到卷积核。</translation>
    </message>
    <message>
        <source>No pattern has been made for this channel yet.</source>
        <translation>尚未生成该通道的模式图。</translation>
    </message>
    <message>
        <source>Click a channel to look at it closely.</source>
        <translation>单击一个通道以仔细查看。</translation>
    </message>
    <message>
        <source>Channel {channel}</source>
        <translation>通道 {channel}</translation>
    </message>
    <message>
        <source>This channel is one number; there is nothing to lay over the picture.</source>
        <translation>该通道只是一个数，无法叠加到图片上。</translation>
    </message>
    <message>
        <source>There is no picture to lay the channel over.</source>
        <translation>没有可供叠加通道的图片。</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>视角</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>What the channel does with the picture</source>
        <translation>该通道对图片的反应</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>叠加</translation>
    </message>
    <message>
        <source>The activation over the picture</source>
        <translation>将激活叠加在图片上</translation>
    </message>
    <message>
        <source>Kernels</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>The weights of the channel&apos;s filter</source>
        <translation>该通道滤波器的权重</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式图</translation>
    </message>
    <message>
        <source>What the channel looks for</source>
        <translation>该通道在寻找什么</translation>
    </message>
    <message>
        <source>Zero everywhere for this picture.</source>
        <translation>对这张图片处处为零。</translation>
    </message>
    <message>
        <source>The same value everywhere for this picture.</source>
        <translation>对这张图片处处为同一个值。</translation>
    </message>
    <message>
        <source>Some values are infinite or not a number.</source>
        <translation>有些值为无穷大或非数 (NaN)。</translation>
    </message>
    <message>
        <source>Row {row}, column {column}: {value}</source>
        <translation>第 {row} 行，第 {column} 列：{value}</translation>
    </message>
</context>
<context>
    <name>InspectorPresenter</name>
    <message>
        <source>Click a channel in the grid to see it here.</source>
        <translation>单击网格中的通道，即可在此查看。</translation>
    </message>
    <message>
        <source>No pattern of this channel was made yet.</source>
        <translation>尚未生成该通道的模式图。</translation>
    </message>
    <message>
        <source>This layer has no convolution kernels.</source>
        <translation>该层没有卷积核。</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Engine</source>
        <translation>计算引擎</translation>
    </message>
    <message>
        <source>engine starting…</source>
        <translation>计算引擎正在启动…</translation>
    </message>
    <message>
        <source>engine restarting…</source>
        <translation>计算引擎正在重新启动…</translation>
    </message>
    <message>
        <source>engine failed</source>
        <translation>计算引擎出错</translation>
    </message>
    <message>
        <source>engine {gigabytes:.1f} GB  {device}</source>
        <translation>计算引擎 {gigabytes:.1f} GB  {device}</translation>
    </message>
    <message>
        <source>The process that computes: its memory, and what it computes on</source>
        <translation>负责计算的进程：占用的内存及所用的设备</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>剩余 {seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>剩余 {minutes} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>剩余 {hours} 小时 {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>KernelsPage</name>
    <message>
        <source>The kernels</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>The kernel in colours</source>
        <translation>彩色卷积核</translation>
    </message>
    <message>
        <source>The three kernels as red, green and blue; grey is zero</source>
        <translation>三个卷积核分别作为红、绿、蓝；灰色为零</translation>
    </message>
    <message>
        <source>input channel {channel}, row {row}, column {column}: {value}</source>
        <translation>输入通道 {channel}，第 {row} 行，第 {column} 列：{value}</translation>
    </message>
    <message>
        <source>{height} x {width}, {count} input channels</source>
        <translation>{height} x {width}，{count} 个输入通道</translation>
    </message>
    <message>
        <source>{height} x {width}, {count} input channels, bias {bias}</source>
        <translation>{height} x {width}，{count} 个输入通道，偏置 {bias}</translation>
    </message>
</context>
<context>
    <name>LayerModel</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>步幅</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Type of numbers</source>
        <translation>数值类型</translation>
    </message>
    <message>
        <source>{height:g} x {width:g} pixels</source>
        <translation>{height:g} x {width:g} 像素</translation>
    </message>
    <message>
        <source>Receptive field</source>
        <translation>感受野</translation>
    </message>
    <message>
        <source>{name}: {count} layers</source>
        <translation>{name}：{count} 层</translation>
    </message>
</context>
<context>
    <name>LayerTree</name>
    <message>
        <source>Open a network to see its layers.</source>
        <translation>打开一个网络以查看它的层。</translation>
    </message>
    <message>
        <source>Search layers</source>
        <translation>搜索层</translation>
    </message>
    <message>
        <source>By name, by type (conv, pool, bn), by channels (&gt;=512, &lt;32, =64)
or by the name in the tutorial (res2a_branch2a). All words must hold.</source>
        <translation>按名称、类型（conv、pool、bn）、通道数（&gt;=512、&lt;32、=64）
或教程中的名称（res2a_branch2a）。须满足所有词。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>No layer matches {text}.

Try a part of a name, conv, or &gt;=512.</source>
        <translation>没有与 {text} 匹配的层。

可以试试名称的一部分、conv 或 &gt;=512。</translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Nothing has been written yet.</source>
        <translation>尚无内容。</translation>
    </message>
    <message>
        <source>The log cannot be read: {reason}</source>
        <translation>无法读取日志：{reason}</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Open &amp;folder</source>
        <translation>打开文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>The desktop opens no folders here. It is {folder}</source>
        <translation>此桌面无法打开文件夹。位置：{folder}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Filter patterns</source>
        <translation>滤波器模式图</translation>
    </message>
    <message>
        <source>Show in a window of its own</source>
        <translation>在单独的窗口中显示</translation>
    </message>
    <message>
        <source>Recent net&amp;works</source>
        <translation>最近的网络(&amp;W)</translation>
    </message>
    <message>
        <source>Recent p&amp;ictures</source>
        <translation>最近的图片(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>with top</source>
        <translation>含顶层</translation>
    </message>
    <message>
        <source>without top</source>
        <translation>不含顶层</translation>
    </message>
    <message>
        <source>&lt;h3&gt;cnnviz-gui {version}&lt;/h3&gt;&lt;p&gt;A workbench for looking inside convolutional networks.&lt;/p&gt;&lt;p&gt;MIT licence. EfficientNet-Lite0: Apache-2.0. The sample photos&apos; licences are in LICENSES.md.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;cnnviz-gui {version}&lt;/h3&gt;&lt;p&gt;用于观察卷积网络内部的工作台。&lt;/p&gt;&lt;p&gt;MIT 许可证。EfficientNet-Lite0：Apache-2.0。示例照片的许可证见 LICENSES.md。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About cnnviz-gui</source>
        <translation>关于 cnnviz-gui</translation>
    </message>
    <message>
        <source>In the layer tree: next or previous layer</source>
        <translation>在层树中：下一层或上一层</translation>
    </message>
    <message>
        <source>Down, Up</source>
        <translation>↓、↑</translation>
    </message>
    <message>
        <source>In the grid: neighbouring channel</source>
        <translation>在网格中：相邻的通道</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>In the grid: zoom in, out, fit</source>
        <translation>在网格中：放大、缩小、适应窗口</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>MosaicCanvas</name>
    <message>
        <source>channel {channel}: zero everywhere</source>
        <translation>通道 {channel}：处处为零</translation>
    </message>
    <message>
        <source>channel {channel}: {value} everywhere (constant)</source>
        <translation>通道 {channel}：处处为 {value}（恒定）</translation>
    </message>
    <message>
        <source>channel {channel}: not finite (infinite or not a number)</source>
        <translation>通道 {channel}：含非有限值（无穷大或非数）</translation>
    </message>
</context>
<context>
    <name>ObjectiveField</name>
    <message>
        <source>Objective</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Kind of objective</source>
        <translation>目标类型</translation>
    </message>
    <message>
        <source>As typed below</source>
        <translation>如下方所写</translation>
    </message>
    <message>
        <source>Each channel</source>
        <translation>每个通道</translation>
    </message>
    <message>
        <source>Each channel&apos;s opposite</source>
        <translation>每个通道的相反方向</translation>
    </message>
    <message>
        <source>Each channel&apos;s centre</source>
        <translation>每个通道的中心</translation>
    </message>
    <message>
        <source>The whole layer</source>
        <translation>整个层</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>A random direction</source>
        <translation>随机方向</translation>
    </message>
    <message>
        <source>Likeness to the picture</source>
        <translation>与图片的相似度</translation>
    </message>
    <message>
        <source>One channel, several ways</source>
        <translation>同一通道的多种样子</translation>
    </message>
</context>
<context>
    <name>OpeningPresenter</name>
    <message>
        <source>&amp;Run and open</source>
        <translation>运行并打开(&amp;R)</translation>
    </message>
</context>
<context>
    <name>OverlayPage</name>
    <message>
        <source>The channel over the picture</source>
        <translation>叠加在图片上的通道</translation>
    </message>
    <message>
        <source>Opacity of the channel</source>
        <translation>通道的不透明度</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Interpolate between positions, or show them as squares</source>
        <translation>在位置之间插值，或显示为方块</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>PartsDialog</name>
    <message>
        <source>Open network from parts</source>
        <translation>由多个文件打开网络</translation>
    </message>
    <message>
        <source>a .keras, .h5 or .json file</source>
        <translation>.keras、.h5 或 .json 文件</translation>
    </message>
    <message>
        <source>those in the network&apos;s file</source>
        <translation>网络文件中的权重</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>With its classifying &amp;top (fixed picture size)</source>
        <translation>含分类顶层（图片大小固定）(&amp;T)</translation>
    </message>
    <message>
        <source>A Python file is a program: opening the network runs it, and it can do whatever you can do on this computer. Name one only if you know where it comes from.</source>
        <translation>Python 文件是程序：打开网络时会运行它，凡是您在这台计算机上能做的事，它都能做。只有在您知道它的来源时才选择它。</translation>
    </message>
    <message>
        <source>Networks (*.keras *.h5 *.hdf5 *.json);;All files (*)</source>
        <translation>网络 (*.keras *.h5 *.hdf5 *.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Weights (*.h5 *.hdf5 *.keras);;All files (*)</source>
        <translation>权重 (*.h5 *.hdf5 *.keras);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Python files (*.py);;All files (*)</source>
        <translation>Python 文件 (*.py);;所有文件 (*)</translation>
    </message>
    <message>
        <source>&amp;Network or architecture</source>
        <translation>网络或结构(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Weights</source>
        <translation>权重(&amp;W)</translation>
    </message>
    <message>
        <source>Own &amp;classes</source>
        <translation>自定义类(&amp;C)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose: {what}</source>
        <translation>选择：{what}</translation>
    </message>
    <message>
        <source>&amp;keras.applications…</source>
        <translation>打开 keras.applications(&amp;K)…</translation>
    </message>
    <message>
        <source>ImageNet</source>
        <translation>ImageNet</translation>
    </message>
</context>
<context>
    <name>PatternChoices</name>
    <message>
        <source>No layer is chosen</source>
        <translation>未选择层</translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count} 个通道</translation>
    </message>
    <message>
        <source>no channels</source>
        <translation>没有通道</translation>
    </message>
    <message>
        <source>Ch&amp;annels</source>
        <translation>通道(&amp;A)</translation>
    </message>
    <message>
        <source>{count} classes</source>
        <translation>{count} 个类别</translation>
    </message>
    <message>
        <source>Cl&amp;asses</source>
        <translation>类别(&amp;A)</translation>
    </message>
    <message>
        <source>St&amp;arts</source>
        <translation>起点(&amp;A)</translation>
    </message>
    <message>
        <source>Classes by name or number, like espresso; daisy; 281</source>
        <translation>按名称或编号填写类别，例如 espresso; daisy; 281</translation>
    </message>
    <message>
        <source>Numbers of starts, like 0-3: each is another picture of the same</source>
        <translation>起点编号，例如 0-3：每个都是同一目标的另一张图</translation>
    </message>
    <message>
        <source>Prese&amp;t</source>
        <translation>预设(&amp;T)</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Channels to make patterns of, like 0-63, 80; empty or all for every one</source>
        <translation>要生成模式图的通道，例如 0-63, 80；留空或输入 all 表示全部</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Show or hide every parameter</source>
        <translation>显示或隐藏所有参数</translation>
    </message>
</context>
<context>
    <name>PatternCurve</name>
    <message>
        <source>Objective over the steps</source>
        <translation>目标值随步数的变化</translation>
    </message>
    <message>
        <source>The objective of every pattern over the steps (faint), and their mean</source>
        <translation>每个模式图的目标值随步数的变化（浅色），以及它们的平均值</translation>
    </message>
    <message>
        <source>{mean:.3g} on average after {done} of {steps} steps</source>
        <translation>第 {done} 步（共 {steps} 步），平均 {mean:.3g}</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>objective</source>
        <translation>目标值</translation>
    </message>
</context>
<context>
    <name>PatternMosaic</name>
    <message>
        <source>Patterns</source>
        <translation>模式图</translation>
    </message>
    <message>
        <source>Channel {channel}</source>
        <translation>通道 {channel}</translation>
    </message>
</context>
<context>
    <name>PatternPage</name>
    <message>
        <source>The channel&apos;s pattern</source>
        <translation>该通道的模式图</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>换一个种子</translation>
    </message>
    <message>
        <source>Make this channel&apos;s pattern from two other seeds and show them side by side</source>
        <translation>用另外两个种子生成该通道的图案并并排显示</translation>
    </message>
</context>
<context>
    <name>PatternPanel</name>
    <message>
        <source>&amp;Generate</source>
        <translation>生成(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save these patterns as a picture that remembers how it was made</source>
        <translation>将这些模式图保存为图片，图片中会记录其生成方法</translation>
    </message>
    <message>
        <source>Export the patterns</source>
        <translation>导出模式图</translation>
    </message>
    <message>
        <source>Make the patterns of these channels</source>
        <translation>生成这些通道的模式图</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>Go on from where these patterns stand</source>
        <translation>从这些图案的当前状态继续</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>排队(&amp;Q)</translation>
    </message>
    <message>
        <source>Make these patterns after those that are being made</source>
        <translation>在正在生成的图案之后生成这些图案</translation>
    </message>
    <message>
        <source>Stop and keep what there is</source>
        <translation>停止，并保留已有结果</translation>
    </message>
    <message>
        <source>Choose a layer to see what its channels look for.</source>
        <translation>选择一个层，查看它的通道在寻找什么。</translation>
    </message>
    <message>
        <source>This layer has no channels to make patterns of. Choose another one.</source>
        <translation>该层没有可生成模式图的通道。请选择其他层。</translation>
    </message>
    <message>
        <source>No patterns yet.

Choose channels and press Generate: each channel&apos;s pattern grows here.</source>
        <translation>还没有模式图。

选择通道并点击“生成”：每个通道的模式图会在此逐渐形成。</translation>
    </message>
</context>
<context>
    <name>PatternPresenter</name>
    <message>
        <source>Preparing…</source>
        <translation>正在准备…</translation>
    </message>
</context>
<context>
    <name>PatternReasons</name>
    <message>
        <source>Climb the preactivation</source>
        <translation>改为最大化预激活</translation>
    </message>
    <message>
        <source>Make these patterns again, climbing what goes into the activation function</source>
        <translation>重新生成这些图案，最大化进入激活函数的值</translation>
    </message>
    <message>
        <source>Let the gradient through at first</source>
        <translation>开始时让梯度通过</translation>
    </message>
    <message>
        <source>Make these patterns again; for the first 16 steps gradients pass rectifiers that are off</source>
        <translation>重新生成这些图案；前 16 步让梯度穿过关闭的整流单元</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>换一个种子</translation>
    </message>
    <message>
        <source>Make these patterns again from another starting picture</source>
        <translation>从另一张起始图片重新生成这些图案</translation>
    </message>
    <message>
        <source>Show the kernel</source>
        <translation>显示卷积核</translation>
    </message>
    <message>
        <source>Go to the first of these channels and look at its kernel</source>
        <translation>转到其中第一个通道并查看其卷积核</translation>
    </message>
</context>
<context>
    <name>PatternSettingsForm</name>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Edge length of the square pattern in pixels</source>
        <translation>正方形模式图的边长（像素）</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Steps of gradient ascent</source>
        <translation>梯度上升的步数</translation>
    </message>
    <message>
        <source>Length of a step: in units of the network&apos;s input, or Adam&apos;s learning rate</source>
        <translation>每一步的长度：以网络输入的单位计，或为 Adam 的学习率</translation>
    </message>
    <message>
        <source>Step size</source>
        <translation>步长</translation>
    </message>
    <message>
        <source>Of the random start and of the random shifts; the same seed gives the same picture</source>
        <translation>决定随机的初始图片和随机的平移；种子相同，得到的图片也相同</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>What is changed: the pixels themselves, or frequencies and decorrelated colours, which look natural</source>
        <translation>被改变的对象：像素本身，或频率与去相关的颜色（看起来更自然）</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像表示</translation>
    </message>
    <message>
        <source>Fourier</source>
        <translation>傅里叶</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>MACO</source>
        <translation>MACO</translation>
    </message>
    <message>
        <source>How a gradient becomes a step</source>
        <translation>如何由梯度得到每一步</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Normalized gradient</source>
        <translation>归一化梯度</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>What is made large: the layer&apos;s output, or what goes into its activation function</source>
        <translation>使什么变大：该层的输出，或其激活函数的输入</translation>
    </message>
    <message>
        <source>Before activation</source>
        <translation>激活函数之前</translation>
    </message>
    <message>
        <source>Layer&apos;s output</source>
        <translation>层的输出</translation>
    </message>
    <message>
        <source>Climb</source>
        <translation>最大化对象</translation>
    </message>
    <message>
        <source>Pictures computed together; changes the speed, not the pictures</source>
        <translation>同时计算的图片数；只影响速度，不影响图片</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>A draft multiplies with 8 significant bits: faster on some networks, and another picture on some</source>
        <translation>草稿模式以 8 位有效数字做乘法：在某些网络上更快，在某些网络上会得到不同的图像</translation>
    </message>
    <message>
        <source>Full (float32)</source>
        <translation>完整（float32）</translation>
    </message>
    <message>
        <source>Draft (bfloat16)</source>
        <translation>草稿（bfloat16）</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Largest random shift before each step</source>
        <translation>每一步之前随机平移的最大幅度</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>抖动</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Largest random rotation before each step, in degrees</source>
        <translation>每一步之前随机旋转的最大角度（度）</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Largest random enlargement or reduction before each step; 0.1 is a tenth</source>
        <translation>每一步之前随机放大或缩小的最大幅度；0.1 即十分之一</translation>
    </message>
    <message>
        <source>Scaling</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>What the first step begins with: noise, or the picture that is open</source>
        <translation>第一步从何开始：噪声，或已打开的图片</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>With plain gradients: the share of the last step that is added to the next one</source>
        <translation>使用普通梯度时：上一步加到下一步的比例</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Sizes gone through from small to large, each 1.4 times as large as the one before</source>
        <translation>从小到大依次经过的尺寸，每个是前一个的 1.4 倍</translation>
    </message>
    <message>
        <source>Octaves</source>
        <translation>倍频层</translation>
    </message>
    <message>
        <source>Steps at the beginning for which rectifiers that are off everywhere let gradients through</source>
        <translation>开头若干步中，处处关闭的整流器放行梯度</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>脱离</translation>
    </message>
    <message>
        <source>Width of a grey border that the random moves bring into sight; none goes on periodically</source>
        <translation>随机移动会露出的灰色边框宽度；无边框则周期延续</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>边框</translation>
    </message>
    <message>
        <source>Largest random shift after rotation and scaling</source>
        <translation>旋转和缩放之后的最大随机平移</translation>
    </message>
    <message>
        <source>Jitter after</source>
        <translation>后抖动</translation>
    </message>
    <message>
        <source>Weight of a penalty on differences between neighbouring pixels</source>
        <translation>对相邻像素差异的惩罚权重</translation>
    </message>
    <message>
        <source>Total variation</source>
        <translation>全变差</translation>
    </message>
    <message>
        <source>Weight of a penalty on the distance from grey</source>
        <translation>对偏离灰色的惩罚权重</translation>
    </message>
    <message>
        <source>L2</source>
        <translation>L2</translation>
    </message>
    <message>
        <source>Weight of a penalty on what a blur would take away</source>
        <translation>对模糊会去除部分的惩罚权重</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>{explanation}.
In recipes: {name}</source>
        <translation>{explanation}。
配方中的名称：{name}</translation>
    </message>
    <message>
        <source>What is climbed, such as channel, -channel, position, layer, class(espresso), direction(7), caricature(coffee), or a sum: channel - 0.5 * block3b_add:channel(4)</source>
        <translation>要最大化的对象，例如 channel、-channel、position、layer、class(espresso)、direction(7)、caricature(coffee)，或其和：channel - 0.5 * block3b_add:channel(4)</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Random moves, octaves, penalties, and what else there is</source>
        <translation>随机移动、倍频层、惩罚以及其他参数</translation>
    </message>
    <message>
        <source>More parameters</source>
        <translation>更多参数</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>换一个随机种子</translation>
    </message>
</context>
<context>
    <name>PatternSteps</name>
    <message>
        <source>Step that is looked back at</source>
        <translation>回看的步数</translation>
    </message>
    <message>
        <source>Look back at how the patterns grew; the right end is how they are now</source>
        <translation>回看图案的生成过程；最右端为当前状态</translation>
    </message>
    <message>
        <source>{step} of {last}</source>
        <translation>{step} / {last}</translation>
    </message>
</context>
<context>
    <name>PatternWaiting</name>
    <message>
        <source>What waits; choose something to take it away</source>
        <translation>等待中的任务；选择一项即可移除</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 项等待中</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take all away</source>
        <translation>全部移除</translation>
    </message>
</context>
<context>
    <name>PictureCanvas</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>将图片拖放到这里</translation>
    </message>
    <message>
        <source>Drop to look at it</source>
        <translation>松开即可查看</translation>
    </message>
</context>
<context>
    <name>PictureInput</name>
    <message>
        <source>Input si&amp;ze</source>
        <translation>输入尺寸(&amp;Z)</translation>
    </message>
    <message>
        <source>P&amp;reprocessing</source>
        <translation>预处理(&amp;R)</translation>
    </message>
    <message>
        <source>Input size, height x width</source>
        <translation>输入尺寸，高 x 宽</translation>
    </message>
    <message>
        <source>Height x width that the picture is squashed to before the network sees it</source>
        <translation>图片输入网络之前缩放到的高 x 宽</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>预处理</translation>
    </message>
    <message>
        <source>fed {low:.2f} .. {high:.2f}</source>
        <translation>输入范围 {low:.2f} .. {high:.2f}</translation>
    </message>
    <message>
        <source>{size} (fixed)</source>
        <translation>{size}（固定）</translation>
    </message>
    <message>
        <source>{size} (picture&apos;s proportions)</source>
        <translation>{size}（图片比例）</translation>
    </message>
    <message>
        <source>This network takes pictures of this size only (height x width).</source>
        <translation>该网络只接受这一尺寸（高 x 宽）的图片。</translation>
    </message>
    <message>
        <source>This network takes pictures that are {height} pixels high only.</source>
        <translation>此网络只接受高 {height} 像素的图片。</translation>
    </message>
    <message>
        <source>This network takes pictures that are {width} pixels wide only.</source>
        <translation>此网络只接受宽 {width} 像素的图片。</translation>
    </message>
    <message>
        <source>Your choice for this network; its own is {title}.</source>
        <translation>这是您为此网络所选；网络自身的预处理是 {title}。</translation>
    </message>
    <message>
        <source>{size} (tutorial&apos;s)</source>
        <translation>{size}（教程）</translation>
    </message>
    <message>
        <source>Use the network&apos;s own</source>
        <translation>使用网络自身的预处理</translation>
    </message>
    <message>
        <source>{size} (network&apos;s own)</source>
        <translation>{size}（网络）</translation>
    </message>
    <message>
        <source>{size} (picture&apos;s own)</source>
        <translation>{size}（图片）</translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>Open a picture file</source>
        <translation>打开图片文件</translation>
    </message>
    <message>
        <source>Choose one of the photos that come along</source>
        <translation>选择一张自带的照片</translation>
    </message>
    <message>
        <source>Take the picture in the clipboard</source>
        <translation>使用剪贴板中的图片</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>{width} x {height}</source>
        <translation>{width} x {height}</translation>
    </message>
    <message>
        <source>{width} pixels wide, {height} high</source>
        <translation>宽 {width} 像素，高 {height} 像素</translation>
    </message>
    <message>
        <source>The browser gave an address, not the picture. Copy the picture there and paste it here.</source>
        <translation>浏览器只给出了网址，没有给出图片。请在浏览器中复制图片，再粘贴到这里。</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>&amp;Go on with the session that was closed last</source>
        <translation>继续上次关闭的会话(&amp;G)</translation>
    </message>
    <message>
        <source>When the window starts</source>
        <translation>启动时</translation>
    </message>
    <message>
        <source>Memory for the engine</source>
        <translation>引擎内存</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>默认(&amp;D)</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>At &amp;most for the engine</source>
        <translation>引擎最多使用(&amp;M)</translation>
    </message>
    <message>
        <source>Disk space for finished patterns</source>
        <translation>已完成图案的磁盘空间</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>清除(&amp;C)</translation>
    </message>
    <message>
        <source>Finished patterns</source>
        <translation>已完成的图案</translation>
    </message>
    <message>
        <source>At most on the dis&amp;k</source>
        <translation>磁盘上最多占用(&amp;K)</translation>
    </message>
    <message>
        <source>Forget &amp;recent networks and pictures</source>
        <translation>清除最近打开的网络和图片(&amp;R)</translation>
    </message>
    <message>
        <source>Forget &amp;trusted files</source>
        <translation>清除受信任的文件(&amp;T)</translation>
    </message>
    <message>
        <source>Networks that hold programs ask again before they are opened</source>
        <translation>含程序的网络在打开前会再次询问</translation>
    </message>
    <message>
        <source>Remembered</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Show &amp;log</source>
        <translation>显示日志(&amp;L)</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>This machine has {total}. By default the engine may take {share}.</source>
        <translation>本机内存 {total}。引擎默认最多使用 {share}。</translation>
    </message>
</context>
<context>
    <name>PresetField</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Tutorial: exactly the source tutorial&apos;s.
Clear: larger and more natural shapes, slower.
DeepDream: what a whole layer sees in the picture.
Class: what a classifier&apos;s classes look like.</source>
        <translation>教程：与原教程完全一致。
清晰：形状更大更自然，较慢。
DeepDream：整个层在图片中看到的内容。
类别：分类网络的类别是什么样子。</translation>
    </message>
    <message>
        <source>&amp;Save as a preset…</source>
        <translation>保存为预设(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Rename this preset…</source>
        <translation>重命名此预设(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Delete this preset</source>
        <translation>删除此预设(&amp;D)</translation>
    </message>
    <message>
        <source>Save, rename or delete presets of your own</source>
        <translation>保存、重命名或删除自己的预设</translation>
    </message>
    <message>
        <source>Presets of your own</source>
        <translation>自己的预设</translation>
    </message>
    <message>
        <source>Tutorial</source>
        <translation>教程</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清晰</translation>
    </message>
    <message>
        <source>DeepDream</source>
        <translation>DeepDream</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>保存为预设</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Rename the preset</source>
        <translation>重命名预设</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
</context>
<context>
    <name>RestoreBar</name>
    <message>
        <source>Restore sess&amp;ion</source>
        <translation>恢复会话(&amp;I)</translation>
    </message>
    <message>
        <source>Bring back what was on the screen</source>
        <translation>恢复屏幕上原来的内容</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>丢弃(&amp;D)</translation>
    </message>
    <message>
        <source>Remove the saved session; networks and pictures stay where they are</source>
        <translation>删除保存的会话；网络和图片文件不受影响</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>The language changes at the next start.</source>
        <translation>语言将在下次启动时更改。</translation>
    </message>
</context>
<context>
    <name>_JobRow</name>
    <message>
        <source>Stop this job; what is done is kept where that is possible</source>
        <translation>停止此任务；已完成的部分会尽可能保留</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop: {job}</source>
        <translation>停止：{job}</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Choose a picture for the input {name}</source>
        <translation>为输入 {name} 选择图片</translation>
    </message>
    <message>
        <source>Feed the input {name} zeros again</source>
        <translation>让输入 {name} 恢复为全零</translation>
    </message>
    <message>
        <source>{name}  {height} x {width} x {channels}</source>
        <translation>{name}  {height} x {width} x {channels}</translation>
    </message>
    <message>
        <source>zeros; drop a picture here</source>
        <translation>全零；可将图片拖放到此处</translation>
    </message>
    <message>
        <source>Input {name}</source>
        <translation>输入 {name}</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>全零</translation>
    </message>
    <message>
        <source>It is fed {what}.</source>
        <translation>它的内容：{what}。</translation>
    </message>
    <message>
        <source>The browser gave an address, not the picture.</source>
        <translation>浏览器给出的是地址，不是图片。</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>网络(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Patterns</source>
        <translation>模式图(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Open picture…</source>
        <translation>打开图片(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;folder of pictures…</source>
        <translation>打开图片文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Paste picture</source>
        <translation>粘贴图片(&amp;P)</translation>
    </message>
    <message>
        <source>Open &amp;network…</source>
        <translation>打开网络(&amp;N)…</translation>
    </message>
    <message>
        <source>Open from &amp;keras.applications…</source>
        <translation>从 keras.applications 打开(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Export channel grid…</source>
        <translation>导出通道网格(&amp;E)…</translation>
    </message>
    <message>
        <source>Export &amp;view as shown…</source>
        <translation>导出当前视图(&amp;V)…</translation>
    </message>
    <message>
        <source>Export chosen &amp;channel…</source>
        <translation>导出所选通道(&amp;C)…</translation>
    </message>
    <message>
        <source>Export every &amp;layer…</source>
        <translation>导出所有层(&amp;L)…</translation>
    </message>
    <message>
        <source>Export pa&amp;tterns…</source>
        <translation>导出模式图(&amp;T)…</translation>
    </message>
    <message>
        <source>Restore la&amp;st session</source>
        <translation>恢复上次会话(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Copy view</source>
        <translation>复制视图(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>首选项(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Next picture</source>
        <translation>下一张图片(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous picture</source>
        <translation>上一张图片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Search layers</source>
        <translation>搜索层(&amp;S)</translation>
    </message>
    <message>
        <source>Open the &amp;bundled network</source>
        <translation>打开内置网络(&amp;B)</translation>
    </message>
    <message>
        <source>Open from &amp;parts…</source>
        <translation>由多个文件打开(&amp;P)…</translation>
    </message>
    <message>
        <source>Load &amp;weights…</source>
        <translation>载入权重(&amp;W)…</translation>
    </message>
    <message>
        <source>&amp;Forget trusted files</source>
        <translation>忘记受信任的文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>生成(&amp;G)</translation>
    </message>
    <message>
        <source>Pattern of the chosen &amp;channel</source>
        <translation>生成所选通道的模式图(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Show &amp;large</source>
        <translation>大图显示(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>Show &amp;log</source>
        <translation>显示日志(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About cnnviz-gui</source>
        <translation>关于 cnnviz-gui(&amp;A)</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>A guess: the network does not say how its pictures were prepared.</source>
        <translation>推测：该网络没有说明图片是如何预处理的。</translation>
    </message>
    <message>
        <source>A sequence of {length} steps, each channel shown as a column.</source>
        <translation>长度为 {length} 的序列，每个通道显示为一列。</translation>
    </message>
    <message>
        <source>A size is written as height x width, like 500 x 333.</source>
        <translation>尺寸写作 高 x 宽，例如 500 x 333。</translation>
    </message>
    <message>
        <source>A slice from the middle of {shape}.</source>
        <translation>取自 {shape} 中间的一个切片。</translation>
    </message>
    <message>
        <source>Allow the engine more memory in Preferences, or save a part of the network.</source>
        <translation>请在“偏好设置”中允许引擎使用更多内存，或只保存网络的一部分。</translation>
    </message>
    <message>
        <source>As keras.applications does for the network inside it.</source>
        <translation>与 keras.applications 对其内部网络的做法相同。</translation>
    </message>
    <message>
        <source>As keras.applications does for this network.</source>
        <translation>与 keras.applications 对该网络的做法相同。</translation>
    </message>
    <message>
        <source>Brick wall</source>
        <translation>砖墙</translation>
    </message>
    <message>
        <source>CNNVIZ_WEIGHTS_URL does not hold a web address. Received: {value}.</source>
        <translation>CNNVIZ_WEIGHTS_URL 不是网址。实际为：{value}。</translation>
    </message>
    <message>
        <source>Channels are written like 0-63, 80. Received: {text}.</source>
        <translation>通道的写法如 0-63, 80。实际为：{text}。</translation>
    </message>
    <message>
        <source>Channels {channels}: {reason}</source>
        <translation>通道 {channels}：{reason}</translation>
    </message>
    <message>
        <source>Checking {file}</source>
        <translation>正在校验 {file}</translation>
    </message>
    <message>
        <source>Chelsea the cat</source>
        <translation>小猫 Chelsea</translation>
    </message>
    <message>
        <source>Chinese palace</source>
        <translation>中国宫殿</translation>
    </message>
    <message>
        <source>Choose a .keras or .h5 file in it.</source>
        <translation>请选择其中的 .keras 或 .h5 文件。</translation>
    </message>
    <message>
        <source>Choose a larger size.</source>
        <translation>请选择更大的尺寸。</translation>
    </message>
    <message>
        <source>Choose a multiple of 32, or the network&apos;s own size.</source>
        <translation>请选择 32 的倍数，或网络自己的尺寸。</translation>
    </message>
    <message>
        <source>Choose its weights file as well, or open it untrained with the weights none.</source>
        <translation>请同时选择它的权重文件，或将权重设为 none，以未训练的状态打开。</translation>
    </message>
    <message>
        <source>Choose the file with &quot;tf_dim_ordering_tf_kernels&quot; in its name.</source>
        <translation>请选择名称中含有“tf_dim_ordering_tf_kernels”的文件。</translation>
    </message>
    <message>
        <source>Choose the network that the file was saved from.</source>
        <translation>请选择保存该文件时所用的网络。</translation>
    </message>
    <message>
        <source>Coffee cup</source>
        <translation>咖啡杯</translation>
    </message>
    <message>
        <source>Coins</source>
        <translation>硬币</translation>
    </message>
    <message>
        <source>Computing activations</source>
        <translation>正在计算激活</translation>
    </message>
    <message>
        <source>Computing activations of {layer}</source>
        <translation>正在计算 {layer} 的激活值</translation>
    </message>
    <message>
        <source>Connecting to {host}</source>
        <translation>正在连接 {host}</translation>
    </message>
    <message>
        <source>Convert the network, then save it with model.save(&apos;network.keras&apos;).</source>
        <translation>请先转换该网络，再用 model.save(&apos;network.keras&apos;) 保存。</translation>
    </message>
    <message>
        <source>Copy or download it again, or save the network again.</source>
        <translation>请重新复制或下载，或重新保存该网络。</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>请重新复制或下载。</translation>
    </message>
    <message>
        <source>Decrypt it and zip it again, stored.</source>
        <translation>请解密后以“仅存储”方式重新打包为 zip。</translation>
    </message>
    <message>
        <source>Did you mean: {names}?</source>
        <translation>您要找的是不是：{names}？</translation>
    </message>
    <message>
        <source>Download the file and open the copy.</source>
        <translation>请下载该文件，然后打开下载的副本。</translation>
    </message>
    <message>
        <source>Downloading the weights of {network}: {done} MB</source>
        <translation>正在下载 {network} 的权重：{done} MB</translation>
    </message>
    <message>
        <source>Downloading the weights of {network}: {done} of {total} MB</source>
        <translation>正在下载 {network} 的权重：{done} / {total} MB</translation>
    </message>
    <message>
        <source>Exporting every layer</source>
        <translation>正在导出所有层</translation>
    </message>
    <message>
        <source>Exporting {layer}</source>
        <translation>正在导出 {layer}</translation>
    </message>
    <message>
        <source>Files saved by Keras are read: .weights.h5, .h5 and .keras.</source>
        <translation>可以读取 Keras 保存的文件：.weights.h5、.h5 和 .keras。</translation>
    </message>
    <message>
        <source>First of {count} frames.</source>
        <translation>共 {count} 帧，此为第一帧。</translation>
    </message>
    <message>
        <source>Flower</source>
        <translation>花</translation>
    </message>
    <message>
        <source>Give it a name that ends in .h5.</source>
        <translation>请将文件名改为以 .h5 结尾。</translation>
    </message>
    <message>
        <source>Grass</source>
        <translation>草地</translation>
    </message>
    <message>
        <source>Grids are written as .png or .npz. Received: {name}.</source>
        <translation>网格只能保存为 .png 或 .npz。实际为：{name}。</translation>
    </message>
    <message>
        <source>Height and width must be from {low} to {high} pixels.</source>
        <translation>高和宽必须在 {low} 到 {high} 像素之间。</translation>
    </message>
    <message>
        <source>Hubble deep field</source>
        <translation>哈勃深空</translation>
    </message>
    <message>
        <source>Human retina</source>
        <translation>人眼视网膜</translation>
    </message>
    <message>
        <source>If it is a network, give it a name that ends in .h5.</source>
        <translation>如果它是一个网络，请将文件名改为以 .h5 结尾。</translation>
    </message>
    <message>
        <source>If it is a network, give it a name that ends in .keras.</source>
        <translation>如果它是一个网络，请将文件名改为以 .keras 结尾。</translation>
    </message>
    <message>
        <source>Install the newest version.</source>
        <translation>请安装最新版本。</translation>
    </message>
    <message>
        <source>It begins with https:// or http://.</source>
        <translation>网址以 https:// 或 http:// 开头。</translation>
    </message>
    <message>
        <source>It computes in {types}; activations are shown as float32.</source>
        <translation>它以 {types} 计算；激活值以 float32 显示。</translation>
    </message>
    <message>
        <source>It has: {names}.</source>
        <translation>它有：{names}。</translation>
    </message>
    <message>
        <source>It is incomplete, or was made to exhaust the memory. Save the network again.</source>
        <translation>它不完整，或是为耗尽内存而制作的。请重新保存该网络。</translation>
    </message>
    <message>
        <source>It may be damaged or not copied to its end; get it once more.</source>
        <translation>它可能已损坏或未完整复制；请重新获取。</translation>
    </message>
    <message>
        <source>It may be damaged, or need classes that are not part of Keras.</source>
        <translation>它可能已损坏，或需要 Keras 之外的类。</translation>
    </message>
    <message>
        <source>It may need a newer Keras, or have been made to do something else than compute.</source>
        <translation>它可能需要更新版本的 Keras，或是为计算之外的目的而制作的。</translation>
    </message>
    <message>
        <source>It should define the network&apos;s classes and do nothing else.</source>
        <translation>它应当只定义网络的类，不做其他事情。</translation>
    </message>
    <message>
        <source>It starts again by itself. What is already on the screen stays.</source>
        <translation>它会自动重新启动。屏幕上已有的内容会保留。</translation>
    </message>
    <message>
        <source>It stopped {deaths} times in a row and will be started again in {seconds} seconds.</source>
        <translation>它已连续停止 {deaths} 次，将在 {seconds} 秒后重新启动。</translation>
    </message>
    <message>
        <source>It takes one channel: pictures are turned to grey.</source>
        <translation>它只接受一个通道：图片会转换为灰度图。</translation>
    </message>
    <message>
        <source>It takes pictures of {height} x {width} only.</source>
        <translation>它只接受 {height} x {width} 的图片。</translation>
    </message>
    <message>
        <source>It takes pictures that are {height} pixels high, of any width.</source>
        <translation>它接受高 {height} 像素、宽度任意的图片。</translation>
    </message>
    <message>
        <source>It takes pictures that are {width} pixels wide, of any height.</source>
        <translation>它接受宽 {width} 像素、高度任意的图片。</translation>
    </message>
    <message>
        <source>It takes two channels: each is fed the picture&apos;s grey levels.</source>
        <translation>它接受两个通道：每个通道都输入图片的灰度值。</translation>
    </message>
    <message>
        <source>It takes {count} channels: the first three are red, green and blue, all others the picture&apos;s grey levels.</source>
        <translation>它接受 {count} 个通道：前三个为红、绿、蓝，其余均为图片的灰度值。</translation>
    </message>
    <message>
        <source>It takes {count} pictures one after the other: it is fed the same one.</source>
        <translation>它依次接受 {count} 张图片：输入的都是同一张。</translation>
    </message>
    <message>
        <source>It was made with the channels first; a copy with the channels last is shown.</source>
        <translation>它采用通道在前 (channels first) 的格式；显示的是通道在后的副本。</translation>
    </message>
    <message>
        <source>Its weights can still be used: choose the network that they belong to beside it.</source>
        <translation>它的权重仍可使用：请同时选择这些权重所属的网络。</translation>
    </message>
    <message>
        <source>Make it smaller in an image editor first.</source>
        <translation>请先在图像编辑器中将其缩小。</translation>
    </message>
    <message>
        <source>Make room in {folder} and open the network again, or set KERAS_HOME to a folder on another disk.</source>
        <translation>请在 {folder} 中腾出空间后重新打开该网络，或将 KERAS_HOME 设为其他磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>Making patterns</source>
        <translation>正在生成模式图</translation>
    </message>
    <message>
        <source>Making patterns of {layer}</source>
        <translation>正在生成 {layer} 的模式图</translation>
    </message>
    <message>
        <source>Name the Python file that defines it, or save the network without it.</source>
        <translation>请指定定义它的 Python 文件，或去掉它后重新保存该网络。</translation>
    </message>
    <message>
        <source>Connect to the internet and open the network again, put {file} into {folder}, or name it where it is under &quot;From a file&quot;.</source>
        <translation>请连接互联网后重新打开该网络，或把 {file} 放入 {folder}，或在“来自文件”处指明它的位置。</translation>
    </message>
    <message>
        <source>1 pattern</source>
        <translation>1 个图案</translation>
    </message>
    <message>
        <source>1 pattern is kept: {size}.</source>
        <translation>已保存 1 个图案：{size}。</translation>
    </message>
    <message>
        <source>1 pattern of {layer}, from the cache.</source>
        <translation>{layer} 的 1 个图案，来自缓存。</translation>
    </message>
    <message>
        <source>1 pattern of {layer}.</source>
        <translation>{layer} 的 1 个模式图。</translation>
    </message>
    <message>
        <source>A Python file is a program: it can do whatever you can do on this computer. Run it only if you know where it comes from.</source>
        <translation>Python 文件是程序：凡是您在这台计算机上能做的事，它都能做。只有在您知道它的来源时才运行它。</translation>
    </message>
    <message>
        <source>A crash would lose what you are looking at. {reason}</source>
        <translation>如果程序崩溃，当前内容将丢失。{reason}</translation>
    </message>
    <message>
        <source>A direction in {layer} has {count} numbers, one a channel. Received: {received}.</source>
        <translation>{layer} 中的方向有 {count} 个数，每个通道一个。收到：{received}。</translation>
    </message>
    <message>
        <source>A direction of zeros leads nowhere.</source>
        <translation>全为零的方向哪里也去不了。</translation>
    </message>
    <message>
        <source>Allow the engine more memory in Preferences, or open a smaller network.</source>
        <translation>请在首选项中允许引擎使用更多内存，或打开更小的网络。</translation>
    </message>
    <message>
        <source>An objective has at most {most} characters.</source>
        <translation>目标最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>An objective has at most {most} terms.</source>
        <translation>目标最多 {most} 项。</translation>
    </message>
    <message>
        <source>Ask for something smaller, or allow the engine more memory in Preferences.</source>
        <translation>请减小所要求的内容，或在“偏好设置”中允许引擎使用更多内存。</translation>
    </message>
    <message>
        <source>Channel {channel}: {reason}</source>
        <translation>通道 {channel}：{reason}</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请选择另一个名称。</translation>
    </message>
    <message>
        <source>Choose classes file…</source>
        <translation>选择类文件…</translation>
    </message>
    <message>
        <source>Choose its architecture…</source>
        <translation>选择其结构…</translation>
    </message>
    <message>
        <source>Choose its weights…</source>
        <translation>选择其权重…</translation>
    </message>
    <message>
        <source>Class {number}</source>
        <translation>类别 {number}</translation>
    </message>
    <message>
        <source>Class {number}: {label}</source>
        <translation>类别 {number}：{label}</translation>
    </message>
    <message>
        <source>Climb its channel instead.</source>
        <translation>请改为对其通道进行上升。</translation>
    </message>
    <message>
        <source>Climbing {climbed}</source>
        <translation>正在最大化{climbed}</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>It is kept in {folder}.</source>
        <translation>它保留在 {folder} 中。</translation>
    </message>
    <message>
        <source>Its classes have no names here: write the number of one.</source>
        <translation>这里的类别没有名称：请写出类别的编号。</translation>
    </message>
    <message>
        <source>Just these patterns are on their way already.</source>
        <translation>这些图案已在生成或等待中。</translation>
    </message>
    <message>
        <source>Looking at {name}</source>
        <translation>正在查看 {name}</translation>
    </message>
    <message>
        <source>Make it smaller, choose an earlier layer, or allow the engine more memory in Preferences.</source>
        <translation>请改小，选择更靠前的层，或在“首选项”中允许引擎使用更多内存。</translation>
    </message>
    <message>
        <source>Make the batch or the pattern smaller, or close other programs.</source>
        <translation>请减小批量或图案尺寸，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Make the pattern larger, or choose another position.</source>
        <translation>请增大图案，或选择另一个位置。</translation>
    </message>
    <message>
        <source>Make the pattern smaller, choose an earlier layer, or close other programs.</source>
        <translation>请把图案改小，选择更靠前的层，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Make {path} a file that you may read and write.</source>
        <translation>请让 {path} 成为可读写的文件。</translation>
    </message>
    <message>
        <source>Making patterns from other seeds</source>
        <translation>正在用其他种子生成图案</translation>
    </message>
    <message>
        <source>Name the right one with --image FILE.</source>
        <translation>请用 --image FILE 指定正确的图片。</translation>
    </message>
    <message>
        <source>Networks made with keras.Sequential or the functional API always open.</source>
        <translation>用 keras.Sequential 或函数式 API 构建的网络总能打开。</translation>
    </message>
    <message>
        <source>Networks with an input of shape (height, width, channels) can be opened.</source>
        <translation>可以打开输入形状为 (高, 宽, 通道) 的网络。</translation>
    </message>
    <message>
        <source>No patterns are kept.</source>
        <translation>没有保存图案。</translation>
    </message>
    <message>
        <source>No rank among pictures: a caricature is likeness to one of them.</source>
        <translation>无法在图片中排名：漫画是与其中一张图片的相似度。</translation>
    </message>
    <message>
        <source>No rank among pictures: diversity compares these patterns with each other.</source>
        <translation>无法在图片中排名：多样性是将这些模式图相互比较。</translation>
    </message>
    <message>
        <source>Not all of the session is back: {reasons}</source>
        <translation>会话未能全部恢复：{reasons}</translation>
    </message>
    <message>
        <source>Not even one pattern of {size} x {size} pixels fits into the memory that is left.</source>
        <translation>剩余内存连一个 {size} x {size} 像素的图案也放不下。</translation>
    </message>
    <message>
        <source>On {layer} a draft is not faster than full precision.</source>
        <translation>在 {layer} 上，草稿并不比完整精度更快。</translation>
    </message>
    <message>
        <source>One map, without an axis for channels.</source>
        <translation>单个二维图，没有通道轴。</translation>
    </message>
    <message>
        <source>One network is opened at a time; left out: {names}.</source>
        <translation>一次只打开一个网络；未打开：{names}。</translation>
    </message>
    <message>
        <source>One pattern of {size} x {size} pixels of {layer} takes about {needed} of memory; {left} of {budget} are left.</source>
        <translation>{layer} 的一个 {size} x {size} 像素图案约需 {needed} 内存；{budget} 中还剩 {left}。</translation>
    </message>
    <message>
        <source>One position a channel: shown on the scale of the whole layer.</source>
        <translation>每个通道只有一个位置：按整层的标度显示。</translation>
    </message>
    <message>
        <source>Open a picture, or start from noise.</source>
        <translation>请打开一张图片，或从噪声开始。</translation>
    </message>
    <message>
        <source>Open as {network}</source>
        <translation>作为 {network} 打开</translation>
    </message>
    <message>
        <source>Open it again when nothing writes to it any more.</source>
        <translation>请在没有程序再写入它之后重新打开。</translation>
    </message>
    <message>
        <source>Open it only if you trust whoever made it.</source>
        <translation>只有在信任其制作者时才打开它。</translation>
    </message>
    <message>
        <source>Open it with its top, or climb the channels of one of its layers.</source>
        <translation>请连同顶层一起打开，或对其某一层的通道进行上升。</translation>
    </message>
    <message>
        <source>Open the network first, or use Network &gt; Open from parts.</source>
        <translation>请先打开该网络，或使用“网络 &gt; 由多个文件打开”。</translation>
    </message>
    <message>
        <source>Open the network, a .keras or .json file or keras:NAME, and choose this file as its weights.</source>
        <translation>请打开网络（.keras 或 .json 文件，或 keras:NAME），再选择此文件作为它的权重。</translation>
    </message>
    <message>
        <source>Open the picture as it was, then drop the export again.</source>
        <translation>请打开原来的图片，然后再次拖入导出的文件。</translation>
    </message>
    <message>
        <source>Open the picture first, then drop the export again.</source>
        <translation>请先打开该图片，再重新拖入导出的文件。</translation>
    </message>
    <message>
        <source>Open untrained</source>
        <translation>以未训练状态打开</translation>
    </message>
    <message>
        <source>Open {network} with its top, or choose the file without it (its name often ends in &quot;notop&quot;).</source>
        <translation>请打开含顶层的 {network}，或选择不含顶层的文件（其名称通常以“notop”结尾）。</translation>
    </message>
    <message>
        <source>Open {network} without its top, or choose the file with the top.</source>
        <translation>请打开不含顶层的 {network}，或选择含顶层的文件。</translation>
    </message>
    <message>
        <source>Opening the network</source>
        <translation>正在打开网络</translation>
    </message>
    <message>
        <source>Opening the network again</source>
        <translation>正在重新打开网络</translation>
    </message>
    <message>
        <source>Opening the recipe&apos;s network</source>
        <translation>正在打开配方中的网络</translation>
    </message>
    <message>
        <source>Opening the session&apos;s network</source>
        <translation>正在打开会话中的网络</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>Opening {name} instead of {other}.</source>
        <translation>改为打开 {name}，不再打开 {other}。</translation>
    </message>
    <message>
        <source>Patterns are being made, and a restored session would take their place.</source>
        <translation>正在生成图案，恢复会话会取代它们。</translation>
    </message>
    <message>
        <source>Patterns of {layer}: {done} of {count}</source>
        <translation>{layer} 的模式图：{done} / {count}</translation>
    </message>
    <message>
        <source>Preparing {layer}</source>
        <translation>正在准备 {layer}</translation>
    </message>
    <message>
        <source>Programs in a network&apos;s file can do whatever you can do on this computer. Run them only if you trust whoever made them.</source>
        <translation>网络文件中的程序可以在这台计算机上做您能做的任何事。只有在信任其制作者时才运行它们。</translation>
    </message>
    <message>
        <source>Put it beside the file, or install it where this application runs.</source>
        <translation>请将它放在该文件旁边，或安装到本程序的运行环境中。</translation>
    </message>
    <message>
        <source>Put keras.Input(shape=...) first, or call it on one picture, and save it again.</source>
        <translation>请在最前面加上 keras.Input(shape=...)，或用一张图片调用一次，然后重新保存。</translation>
    </message>
    <message>
        <source>Reading the picture</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>Reading the recipe&apos;s picture</source>
        <translation>正在读取配方中的图片</translation>
    </message>
    <message>
        <source>Reading the session&apos;s picture</source>
        <translation>正在读取会话中的图片</translation>
    </message>
    <message>
        <source>Remove it from {folder}, so that it is downloaded again.</source>
        <translation>请将它从 {folder} 中删除，以便重新下载。</translation>
    </message>
    <message>
        <source>Replace the Lambda layer by a layer class and save the network again.</source>
        <translation>请用层类替换 Lambda 层，然后重新保存该网络。</translation>
    </message>
    <message>
        <source>Rocket</source>
        <translation>火箭</translation>
    </message>
    <message>
        <source>Run the programs in {name}?</source>
        <translation>运行 {name} 中的程序？</translation>
    </message>
    <message>
        <source>Run {file} to open {name}?</source>
        <translation>运行 {file} 以打开 {name}？</translation>
    </message>
    <message>
        <source>Save a part of the network as a file of its own.</source>
        <translation>请将网络的一部分单独保存为一个文件。</translation>
    </message>
    <message>
        <source>Save it with numpy.save, one number for each channel of the layer.</source>
        <translation>请用 numpy.save 保存，该层每个通道一个数。</translation>
    </message>
    <message>
        <source>Save the inner networks one by one.</source>
        <translation>请将内部的网络逐个保存。</translation>
    </message>
    <message>
        <source>Save the network again with model.save(&apos;network.keras&apos;).</source>
        <translation>请用 model.save(&apos;network.keras&apos;) 重新保存该网络。</translation>
    </message>
    <message>
        <source>Save the network again with the contents of that file inside it.</source>
        <translation>请将该文件的内容包含在网络中，然后重新保存。</translation>
    </message>
    <message>
        <source>Save the network where it was made with model.save(&apos;network.keras&apos;).</source>
        <translation>请在构建该网络的环境中用 model.save(&apos;network.keras&apos;) 保存。</translation>
    </message>
    <message>
        <source>Save the network with model.save(&apos;network.keras&apos;).</source>
        <translation>请用 model.save(&apos;network.keras&apos;) 保存该网络。</translation>
    </message>
    <message>
        <source>Saved {count} pictures in {folder}.</source>
        <translation>已在 {folder} 中保存 {count} 张图片。</translation>
    </message>
    <message>
        <source>Saved {name}.</source>
        <translation>已保存 {name}。</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>Scaled from {low:.4g} .. {high:.4g} to 0 .. 255.</source>
        <translation>已从 {low:.4g} .. {high:.4g} 缩放到 0 .. 255。</translation>
    </message>
    <message>
        <source>Seed {seed}: {said}</source>
        <translation>种子 {seed}：{said}</translation>
    </message>
    <message>
        <source>Set octaves to 1, or open the network without its top.</source>
        <translation>请将倍频层设为 1，或打开不带顶层的网络。</translation>
    </message>
    <message>
        <source>Set the size to {height}, or open the network without its top.</source>
        <translation>请将尺寸设为 {height}，或以不含顶层的方式打开该网络。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong: {kind}.</source>
        <translation>发生了意外错误：{kind}。</translation>
    </message>
    <message>
        <source>Something went wrong that was not foreseen.</source>
        <translation>发生了未预料到的错误。</translation>
    </message>
    <message>
        <source>Start {number}</source>
        <translation>起点 {number}</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>Stop them, or restore when they are done.</source>
        <translation>请先停止生成，或等完成后再恢复。</translation>
    </message>
    <message>
        <source>Stopped: 1 pattern of {layer} kept.</source>
        <translation>已停止：保留了 {layer} 的 1 个模式图。</translation>
    </message>
    <message>
        <source>Stopped: {count} patterns of {layer} kept.</source>
        <translation>已停止：保留了 {layer} 的 {count} 个模式图。</translation>
    </message>
    <message>
        <source>The ImageNet weights of {network} are not on this machine, and {host} cannot be reached.</source>
        <translation>本机没有 {network} 的 ImageNet 权重，且无法连接 {host}。</translation>
    </message>
    <message>
        <source>The ImageNet weights of {network} are not on this machine, and {host} could not prove that it is the right server.</source>
        <translation>本机没有 {network} 的 ImageNet 权重，且 {host} 无法证明自己是正确的服务器。</translation>
    </message>
    <message>
        <source>The Python file {name} stops with an error in line {line}.</source>
        <translation>Python 文件 {name} 在第 {line} 行出错停止。</translation>
    </message>
    <message>
        <source>The channel follows the picture, but something between the two has no gradient to climb along.</source>
        <translation>该通道随图片变化，但两者之间有一处没有可供上升的梯度。</translation>
    </message>
    <message>
        <source>The channel is constant: it does not depend on the picture.</source>
        <translation>该通道是恒定的：它不随图片变化。</translation>
    </message>
    <message>
        <source>The channel is off everywhere on the starting picture, so there is no gradient to follow.</source>
        <translation>该通道在起始图片上处处为零，因此没有梯度可循。</translation>
    </message>
    <message>
        <source>The channel&apos;s activation or its gradient is infinite.</source>
        <translation>该通道的激活值或其梯度为无穷大。</translation>
    </message>
    <message>
        <source>The connection broke before {file} was complete. Expected: {total} MB. Received: {done} MB.</source>
        <translation>{file} 尚未下载完整，连接就中断了。应为：{total} MB。实际收到：{done} MB。</translation>
    </message>
    <message>
        <source>The damaged file is kept as {path}.</source>
        <translation>损坏的文件保留为 {path}。</translation>
    </message>
    <message>
        <source>The data could not be passed between the window and the engine.</source>
        <translation>数据无法在窗口与计算引擎之间传递。</translation>
    </message>
    <message>
        <source>The description of the network in {name} has {size}; {limit} are allowed.</source>
        <translation>{name} 中的网络描述有 {size}；最多允许 {limit}。</translation>
    </message>
    <message>
        <source>The description of the network in {name} holds {count} values; {limit} are allowed.</source>
        <translation>{name} 中的网络描述含有 {count} 个值；最多允许 {limit} 个。</translation>
    </message>
    <message>
        <source>The direction in {name} holds numbers that are not finite.</source>
        <translation>{name} 中的方向含有非有限的数。</translation>
    </message>
    <message>
        <source>The direction in {name} was not read: it is no .npy file of numbers.</source>
        <translation>未能读取 {name} 中的方向：它不是由数字组成的 .npy 文件。</translation>
    </message>
    <message>
        <source>The disk is full: {name} was not written.</source>
        <translation>磁盘已满：{name} 未能写入。</translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly (out of memory, or a crash in a native library).</source>
        <translation>计算引擎意外停止（内存不足，或某个原生库崩溃）。</translation>
    </message>
    <message>
        <source>The engine was ended before this was done.</source>
        <translation>计算引擎在此任务完成之前被终止。</translation>
    </message>
    <message>
        <source>The file may have been made to exhaust the memory.</source>
        <translation>该文件可能是为耗尽内存而制作的。</translation>
    </message>
    <message>
        <source>The file name is too long: {name}.</source>
        <translation>文件名过长：{name}。</translation>
    </message>
    <message>
        <source>The gradient is exactly zero on the starting picture: the channel is at the end of its range there, or what it looks at is off.</source>
        <translation>起始图片上的梯度恰好为零：该通道处于其取值范围的端点，或它所看的输入处处为零。</translation>
    </message>
    <message>
        <source>The input {name} ({shape}) is fed zeros.</source>
        <translation>输入 {name} ({shape}) 以零填充。</translation>
    </message>
    <message>
        <source>The input {name} may take a picture of its own; without one it is fed zeros.</source>
        <translation>输入 {name} 可以有自己的图片；没有时以零填充。</translation>
    </message>
    <message>
        <source>The input {name} takes one picture: the first of them.</source>
        <translation>输入 {name} 只接受一张图片：使用了第一张。</translation>
    </message>
    <message>
        <source>The largest networks need 1 MB. The file may have been made to exhaust the memory.</source>
        <translation>最大的网络也只需要 1 MB。该文件可能是为耗尽内存而制作的。</translation>
    </message>
    <message>
        <source>The last session ended unexpectedly: {what}</source>
        <translation>上次会话意外结束：{what}</translation>
    </message>
    <message>
        <source>The last session is damaged and cannot be read.</source>
        <translation>上次会话的文件已损坏，无法读取。</translation>
    </message>
    <message>
        <source>The last session was made by a newer version and cannot be read.</source>
        <translation>上次会话由较新的版本保存，无法读取。</translation>
    </message>
    <message>
        <source>The layers inside {names} cannot be shown one by one.</source>
        <translation>{names} 内部的层无法逐一显示。</translation>
    </message>
    <message>
        <source>The memory did not suffice: {count} at a time from here on.</source>
        <translation>内存不足：从这里起每次计算 {count} 个。</translation>
    </message>
    <message>
        <source>The name of a preset has 1 to {most} characters.</source>
        <translation>预设名称须有 1 到 {most} 个字符。</translation>
    </message>
    <message>
        <source>The network scales its pictures itself.</source>
        <translation>该网络自己缩放图片的数值。</translation>
    </message>
    <message>
        <source>The networks in {name} are nested too deep for Keras.</source>
        <translation>{name} 中的网络嵌套过深，Keras 无法处理。</translation>
    </message>
    <message>
        <source>The objective is not understood at character {position}. Expected: {what}. Received: {rest}</source>
        <translation>目标在第 {position} 个字符处无法理解。应为：{what}。收到：{rest}</translation>
    </message>
    <message>
        <source>The output is text, not numbers.</source>
        <translation>输出是文本，不是数值。</translation>
    </message>
    <message>
        <source>The patterns of the session could not be read.</source>
        <translation>无法读取会话中的图案。</translation>
    </message>
    <message>
        <source>The picture goes to the input {name}.</source>
        <translation>图片送入输入 {name}。</translation>
    </message>
    <message>
        <source>The picture of the recipe, {name}, was not found.</source>
        <translation>找不到配方中的图片 {name}。</translation>
    </message>
    <message>
        <source>The recipe in {name} is damaged.</source>
        <translation>{name} 中的配方已损坏。</translation>
    </message>
    <message>
        <source>The recipe in {name} was made by a newer version (format {found}; this one reads up to {known}).</source>
        <translation>{name} 中的配方由更新的版本生成（格式 {found}；本版本最高支持 {known}）。</translation>
    </message>
    <message>
        <source>The recipe is damaged or was made by another version.</source>
        <translation>配方已损坏，或由其他版本生成。</translation>
    </message>
    <message>
        <source>The server did not give {file}, the weights of {network}. Received: error {code}.</source>
        <translation>服务器没有提供 {network} 的权重 {file}。实际返回：错误 {code}。</translation>
    </message>
    <message>
        <source>The server does not have {file}, the weights of {network}.</source>
        <translation>服务器上没有 {network} 的权重 {file}。</translation>
    </message>
    <message>
        <source>The session cannot be saved.</source>
        <translation>无法保存会话。</translation>
    </message>
    <message>
        <source>The session is back.</source>
        <translation>会话已恢复。</translation>
    </message>
    <message>
        <source>The settings are damaged: what cannot be read is as at the first start.</source>
        <translation>设置文件已损坏：无法读取的部分按首次启动处理。</translation>
    </message>
    <message>
        <source>The settings cannot be read or written: they are as at the first start, and not kept.</source>
        <translation>无法读取或写入设置：按首次启动处理，且不会保存。</translation>
    </message>
    <message>
        <source>The settings could not be saved in {folder}.</source>
        <translation>设置无法保存到 {folder}。</translation>
    </message>
    <message>
        <source>The view of the recipe is back, but this is not the same: {names}.</source>
        <translation>已恢复配方中的视图，但以下内容与原来不同：{names}。</translation>
    </message>
    <message>
        <source>The view of the recipe is back.</source>
        <translation>已恢复配方中的视图。</translation>
    </message>
    <message>
        <source>The weights in {file} do not fit {variable}. Expected shape: {expected}. Received: {received}.</source>
        <translation>{file} 中的权重与 {variable} 不匹配。应有形状：{expected}。实际为：{received}。</translation>
    </message>
    <message>
        <source>The weights of a top are left over: open {network} with it.</source>
        <translation>多出了顶层的权重：请打开含顶层的 {network}。</translation>
    </message>
    <message>
        <source>The weights of the top are missing: open {network} without it.</source>
        <translation>缺少顶层的权重：请打开不含顶层的 {network}。</translation>
    </message>
    <message>
        <source>There are no weights in {name}.</source>
        <translation>{name} 中没有权重。</translation>
    </message>
    <message>
        <source>There is a preset called {name} already.</source>
        <translation>已有名为 {name} 的预设。</translation>
    </message>
    <message>
        <source>There is no colormap called {name}.</source>
        <translation>没有名为 {name} 的色图。</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>没有文件夹 {folder}。</translation>
    </message>
    <message>
        <source>There is no network called {name}.</source>
        <translation>没有名为 {name} 的网络。</translation>
    </message>
    <message>
        <source>There is no picture called {name}.</source>
        <translation>没有名为 {name} 的图片。</translation>
    </message>
    <message>
        <source>There is no picture in {name}.</source>
        <translation>{name} 中没有图片。</translation>
    </message>
    <message>
        <source>There is no preprocessing called {name}. Known: {names}.</source>
        <translation>没有名为 {name} 的预处理。可用的有：{names}。</translation>
    </message>
    <message>
        <source>There is no preset called {name}.</source>
        <translation>没有名为 {name} 的预设。</translation>
    </message>
    <message>
        <source>There is no preset called {name}. Known: {names}.</source>
        <translation>没有名为 {name} 的预设。已知：{names}。</translation>
    </message>
    <message>
        <source>There is no weights file {name}.</source>
        <translation>没有权重文件 {name}。</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>内存不足，无法完成。</translation>
    </message>
    <message>
        <source>There is not enough memory for {name}.</source>
        <translation>内存不足，无法处理 {name}。</translation>
    </message>
    <message>
        <source>These patterns need a picture, and none is chosen.</source>
        <translation>这些图案需要一张图片，但尚未选择。</translation>
    </message>
    <message>
        <source>They hold until the window is closed. Is the disk full, or the folder read-only?</source>
        <translation>这些设置在窗口关闭之前有效。磁盘是否已满，或者文件夹是否为只读？</translation>
    </message>
    <message>
        <source>This layer has {count} channels: 0 to {last}. Received: {part}.</source>
        <translation>该层有 {count} 个通道：0 到 {last}。实际为：{part}。</translation>
    </message>
    <message>
        <source>This processor has no instructions for bfloat16.</source>
        <translation>此处理器没有 bfloat16 指令。</translation>
    </message>
    <message>
        <source>Transparent parts are shown on white.</source>
        <translation>透明部分以白色为底显示。</translation>
    </message>
    <message>
        <source>Trust and open…</source>
        <translation>信任并打开…</translation>
    </message>
    <message>
        <source>Trusted files forgotten: {count}. Files that hold programs are asked about again.</source>
        <translation>已忘记 {count} 个受信任的文件。打开含有程序的文件时会再次询问。</translation>
    </message>
    <message>
        <source>Try another size.</source>
        <translation>请换一个尺寸。</translation>
    </message>
    <message>
        <source>Try to save it again from the program that made it.</source>
        <translation>请在制作它的程序中重新保存。</translation>
    </message>
    <message>
        <source>Trying a draft of {layer}</source>
        <translation>正在试做 {layer} 的草稿</translation>
    </message>
    <message>
        <source>Trying {name} on one picture</source>
        <translation>正在用一张图片试算 {name}</translation>
    </message>
    <message>
        <source>Use a .keras, .h5 or .json file, keras:NAME such as keras:ResNet50, or one of: {names}.</source>
        <translation>请使用 .keras、.h5 或 .json 文件，或 keras:NAME（例如 keras:ResNet50），或以下之一：{names}。</translation>
    </message>
    <message>
        <source>Use a PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF or JPEG 2000 file.</source>
        <translation>请使用 PNG、JPEG、WebP、AVIF、TIFF、BMP、GIF 或 JPEG 2000 文件。</translation>
    </message>
    <message>
        <source>Use one of Matplotlib&apos;s names, such as {names}.</source>
        <translation>请使用 Matplotlib 的名称，例如 {names}。</translation>
    </message>
    <message>
        <source>What has come is kept: open the network again to go on from there.</source>
        <translation>已下载的部分会保留：重新打开该网络即可继续。</translation>
    </message>
    <message>
        <source>What the server sent is not the {file} that Keras publishes: its checksum is wrong. It was removed.</source>
        <translation>服务器发来的不是 Keras 发布的 {file}：校验和不符。已将其删除。</translation>
    </message>
    <message>
        <source>Where it was made, put a layer class with a name in its place and save it again; then open it together with the Python file that defines the class.</source>
        <translation>请在制作它的地方用一个有名字的层类代替它并重新保存；然后连同定义该类的 Python 文件一起打开。</translation>
    </message>
    <message>
        <source>Where it was made, save it as an .h5 file with model.save(&apos;network.h5&apos;).</source>
        <translation>请在构建该网络的环境中用 model.save(&apos;network.h5&apos;) 将其保存为 .h5 文件。</translation>
    </message>
    <message>
        <source>Where the network was made, save it as one file with model.save(&apos;network.keras&apos;).</source>
        <translation>请在构建该网络的环境中用 model.save(&apos;network.keras&apos;) 将其保存为单个文件。</translation>
    </message>
    <message>
        <source>Whose channels? Name a layer with --layer.</source>
        <translation>哪一层的通道？请用 --layer 指定层。</translation>
    </message>
    <message>
        <source>Write it with model.to_json().</source>
        <translation>请用 model.to_json() 生成。</translation>
    </message>
    <message>
        <source>Write the name of a sample photo, or the path of a picture file in double quotes.</source>
        <translation>请写出示例照片的名称，或用双引号括起图片文件的路径。</translation>
    </message>
    <message>
        <source>Zip what is in the folder, and give the zip file a name that ends in .keras.</source>
        <translation>请将文件夹中的内容打包为 zip，并将 zip 文件名改为以 .keras 结尾。</translation>
    </message>
    <message>
        <source>mean activation {score:.3g}</source>
        <translation>平均激活 {score:.3g}</translation>
    </message>
    <message>
        <source>Step {step} of {steps}, patterns {first} to {last} of {count}</source>
        <translation>第 {step} 步，共 {steps} 步，图案 {first} 至 {last}，共 {count} 个</translation>
    </message>
    <message>
        <source>Its pictures are not square: save it with an input of (None, None, channels) for patterns.</source>
        <translation>它的图片不是正方形：要生成模式图，请以 (None, None, 通道数) 的输入保存它。</translation>
    </message>
    <message>
        <source>Open the network&apos;s own file, and name this one as the file with its classes.</source>
        <translation>请打开网络自己的文件，并将此文件指定为包含其类的文件。</translation>
    </message>
    <message>
        <source>The channel has a value, but its gradient is not a number (NaN): something on the way, such as a root or a logarithm at zero, has no slope there.</source>
        <translation>通道本身有值，但其梯度不是数字（NaN）：途中的某个运算（例如在零处的平方根或对数）在那里没有斜率。</translation>
    </message>
    <message>
        <source>The channel&apos;s activation is not a number (NaN).</source>
        <translation>通道的激活值不是数字（NaN）。</translation>
    </message>
    <message>
        <source>Your own presets are damaged and cannot be read.</source>
        <translation>您自己的预设已损坏，无法读取。</translation>
    </message>
    <message>
        <source>Your own presets were saved by a newer version and cannot be read.</source>
        <translation>您自己的预设由更新的版本保存，无法读取。</translation>
    </message>
    <message>
        <source>about {time}, {gigabytes:.1f} GB</source>
        <translation>约 {time}，{gigabytes:.1f} GB</translation>
    </message>
    <message>
        <source>about {time}, {gigabytes:.1f} GB; {cached} of {count} made before</source>
        <translation>约 {time}，{gigabytes:.1f} GB；{count} 个中有 {cached} 个以前已生成</translation>
    </message>
    <message>
        <source>at once: made before</source>
        <translation>立即可得：以前已生成</translation>
    </message>
    <message>
        <source>caffe (BGR - mean)</source>
        <translation>caffe (BGR - 均值)</translation>
    </message>
    <message>
        <source>keras.applications has no network called {name}.</source>
        <translation>keras.applications 中没有名为 {name} 的网络。</translation>
    </message>
    <message>
        <source>more than the engine&apos;s memory, {gigabytes:.1f} GB</source>
        <translation>超出引擎的内存，{gigabytes:.1f} GB</translation>
    </message>
    <message>
        <source>none (0 .. 255)</source>
        <translation>无 (0 .. 255)</translation>
    </message>
    <message>
        <source>objective {score:.3g}</source>
        <translation>目标值 {score:.3g}</translation>
    </message>
    <message>
        <source>tf (-1 .. 1)</source>
        <translation>tf (-1 .. 1)</translation>
    </message>
    <message>
        <source>the network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>the output of {layer}</source>
        <translation>{layer} 的输出</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>the positive part of {layer}, which is linear in the picture</source>
        <translation>{layer} 的正值部分（该层对图片是线性的）</translation>
    </message>
    <message>
        <source>torch ((x / 255 - mean) / std)</source>
        <translation>torch ((x / 255 - 均值) / 标准差)</translation>
    </message>
    <message>
        <source>tutorial (x / 255)</source>
        <translation>教程 (x / 255)</translation>
    </message>
    <message>
        <source>{beats}, {ratio:.2g} times the best</source>
        <translation>{beats}，是其中最高值的 {ratio:.2g} 倍</translation>
    </message>
    <message>
        <source>{climbed}; rectifiers that block every gradient let it through for {steps} steps</source>
        <translation>{climbed}；阻挡全部梯度的整流器在前 {steps} 步放行</translation>
    </message>
    <message>
        <source>{count} of {all} beat each of {pictures} pictures</source>
        <translation>{all} 幅中有 {count} 幅高于全部 {pictures} 张图片</translation>
    </message>
    <message>
        <source>{count} patterns</source>
        <translation>{count} 个图案</translation>
    </message>
    <message>
        <source>{count} patterns are kept: {size}.</source>
        <translation>已保存 {count} 个图案：{size}。</translation>
    </message>
    <message>
        <source>{count} patterns of {layer}, from the cache.</source>
        <translation>{layer} 的 {count} 个图案，来自缓存。</translation>
    </message>
    <message>
        <source>{count} patterns of {layer}, {cached} of them from the cache.</source>
        <translation>{layer} 的 {count} 个图案，其中 {cached} 个来自缓存。</translation>
    </message>
    <message>
        <source>{count} patterns of {layer}.</source>
        <translation>{layer} 的 {count} 个模式图。</translation>
    </message>
    <message>
        <source>{count} patterns of {size} x {size} pixels that are compared with each other do not fit into the memory that is left.</source>
        <translation>{count} 个相互比较的 {size} x {size} 像素图案放不进剩余的内存。</translation>
    </message>
    <message>
        <source>{count} tokens as the {height} x {width} map that they were.</source>
        <translation>{count} 个 token，按原来的 {height} x {width} 排列显示。</translation>
    </message>
    <message>
        <source>{count} tokens as the {height} x {width} map that they were; {first} in front of them not shown.</source>
        <translation>{count} 个 token，按原来的 {height} x {width} 排列显示；其前面的 {first} 个未显示。</translation>
    </message>
    <message>
        <source>{doing}: no sign of life for {seconds} seconds, so the engine was ended.</source>
        <translation>{doing}：{seconds} 秒没有任何响应，因此引擎被结束。</translation>
    </message>
    <message>
        <source>{doing}: the engine stopped unexpectedly (out of memory, or a crash in a native library).</source>
        <translation>{doing}：引擎意外停止（内存不足，或本机库崩溃）。</translation>
    </message>
    <message>
        <source>{doing}: {used} of memory were used and {budget} are allowed, so the engine was ended.</source>
        <translation>{doing}：已使用 {used} 内存，而允许的上限是 {budget}，因此引擎被结束。</translation>
    </message>
    <message>
        <source>{file} does not fit the layer {layer} of {network}. Expected: {expected} arrays. Received: {received}.</source>
        <translation>{file} 与 {network} 的层 {layer} 不匹配。应为：{expected} 个数组。实际为：{received}。</translation>
    </message>
    <message>
        <source>{file} does not fit {network}. Expected: {expected} arrays. Received: {received}.</source>
        <translation>{file} 与 {network} 不匹配。应为：{expected} 个数组。实际为：{received}。</translation>
    </message>
    <message>
        <source>{file} has no weights for the top of {network}. Expected: weights of {expected} layers. Received: of {received}.</source>
        <translation>{file} 中没有 {network} 顶层的权重。应为：{expected} 层的权重。实际为：{received} 层。</translation>
    </message>
    <message>
        <source>{file} holds weights for a top, which {network} was opened without. Expected: weights of {expected} layers. Received: of {received}.</source>
        <translation>{file} 含有顶层的权重，但打开的 {network} 不含顶层。应为：{expected} 层的权重。实际为：{received} 层。</translation>
    </message>
    <message>
        <source>{file} holds weights of another network than {network}. Expected: weights of {expected} layers. Received: of {received}.</source>
        <translation>{file} 中是其他网络的权重，而不是 {network} 的。应为：{expected} 层的权重。实际为：{received} 层。</translation>
    </message>
    <message>
        <source>{file} was made for Theano: its kernels are stored in another order than TensorFlow&apos;s.</source>
        <translation>{file} 是为 Theano 制作的：其卷积核的存储顺序与 TensorFlow 不同。</translation>
    </message>
    <message>
        <source>{folder} does not let you read or write {name}.</source>
        <translation>没有在 {folder} 中读写 {name} 的权限。</translation>
    </message>
    <message>
        <source>{index}  {label}: {value:.4g}</source>
        <translation>{index}  {label}：{value:.4g}</translation>
    </message>
    <message>
        <source>{layer} before its activation function</source>
        <translation>{layer} 在激活函数之前的值</translation>
    </message>
    <message>
        <source>{layer} could not be computed for this picture.</source>
        <translation>无法对这张图片计算 {layer}。</translation>
    </message>
    <message>
        <source>{layer} has no channels to climb.</source>
        <translation>{layer} 没有可上升的通道。</translation>
    </message>
    <message>
        <source>{layer} has no positions: its channels are single numbers.</source>
        <translation>{layer} 没有位置：它的每个通道只是一个数。</translation>
    </message>
    <message>
        <source>{layer} has {count} channels: 0 to {last}. Received: {channels}.</source>
        <translation>{layer} 有 {count} 个通道：0 到 {last}。实际为：{channels}。</translation>
    </message>
    <message>
        <source>{layer} has {count} channels: 0 to {last}. Received: {channel}.</source>
        <translation>{layer} 有 {count} 个通道：0 到 {last}。实际为：{channel}。</translation>
    </message>
    <message>
        <source>{layer} has {height} x {width} positions at this size, counted from 0. Received: {row}, {column}.</source>
        <translation>在此尺寸下 {layer} 有 {height} x {width} 个位置，从 0 开始计数。收到：{row}, {column}。</translation>
    </message>
    <message>
        <source>{layer}, channels {channels}: {size} px, {steps} steps</source>
        <translation>{layer}，通道 {channels}：{size} 像素，{steps} 步</translation>
    </message>
    <message>
        <source>{member} in {name} would unpack to {size}; {limit} are allowed.</source>
        <translation>{name} 中的 {member} 解压后将达 {size}；最多允许 {limit}。</translation>
    </message>
    <message>
        <source>{minutes:.0f} min</source>
        <translation>{minutes:.0f} 分钟</translation>
    </message>
    <message>
        <source>{name} calls its layers more than {limit} times, which Keras takes hours to build.</source>
        <translation>{name} 调用层的次数超过 {limit} 次，Keras 需要数小时才能构建。</translation>
    </message>
    <message>
        <source>{name} claims to hold {declared} of numbers in {stored}.</source>
        <translation>{name} 声称在 {stored} 中存有 {declared} 的数值。</translation>
    </message>
    <message>
        <source>{name} could not be read as a .keras file.</source>
        <translation>无法将 {name} 作为 .keras 文件读取。</translation>
    </message>
    <message>
        <source>{name} could not be read as a Keras network.</source>
        <translation>无法将 {name} 作为 Keras 网络读取。</translation>
    </message>
    <message>
        <source>{name} could not be read or written: {reason}.</source>
        <translation>无法读写 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} describes a network of {needed} numbers, but holds {stored}.</source>
        <translation>{name} 描述的网络需要 {needed} 个数，但文件中只有 {stored} 个。</translation>
    </message>
    <message>
        <source>{name} describes a network, but holds no weights.</source>
        <translation>{name} 描述了一个网络，但不含权重。</translation>
    </message>
    <message>
        <source>{name} does not hold the ImageNet weights of {network}.</source>
        <translation>{name} 中不是 {network} 的 ImageNet 权重。</translation>
    </message>
    <message>
        <source>{name} does not hold weights that fit {network}.</source>
        <translation>{name} 中没有与 {network} 匹配的权重。</translation>
    </message>
    <message>
        <source>{name} does not take pictures. Its inputs: {shapes}.</source>
        <translation>{name} 不接受图片。它的输入：{shapes}。</translation>
    </message>
    <message>
        <source>{name} gives {key} as {value}, which no computer has the memory for.</source>
        <translation>{name} 将 {key} 设为 {value}，没有计算机有这么大的内存。</translation>
    </message>
    <message>
        <source>{name} has changed.</source>
        <translation>{name} 已改变。</translation>
    </message>
    <message>
        <source>{name} has more than {limit} layers, which Keras takes minutes to build.</source>
        <translation>{name} 的层数超过 {limit}，Keras 需要数分钟才能构建。</translation>
    </message>
    <message>
        <source>{name} holds a network&apos;s architecture without its weights.</source>
        <translation>{name} 只含网络结构，不含权重。</translation>
    </message>
    <message>
        <source>{name} holds a program (a Lambda layer), which is not run.</source>
        <translation>{name} 含有程序（Lambda 层），不会运行。</translation>
    </message>
    <message>
        <source>{name} holds a program ({programs}), which is never run.</source>
        <translation>{name} 含有程序（{programs}），这类程序绝不会运行。</translation>
    </message>
    <message>
        <source>{name} holds a program ({programs}), which is not run unasked.</source>
        <translation>{name} 含有程序（{programs}），未经同意不会运行。</translation>
    </message>
    <message>
        <source>{name} holds far more weights than {network} has. Expected: up to {limit} MB. Received: {size} MB.</source>
        <translation>{name} 中的权重远多于 {network} 所有。应为：不超过 {limit} MB。实际为：{size} MB。</translation>
    </message>
    <message>
        <source>{name} holds more than {limit} parts.</source>
        <translation>{name} 的组成部分超过 {limit} 个。</translation>
    </message>
    <message>
        <source>{name} holds no recipe.</source>
        <translation>{name} 中没有配方。</translation>
    </message>
    <message>
        <source>{name} holds no weights ({member}).</source>
        <translation>{name} 中没有权重 ({member})。</translation>
    </message>
    <message>
        <source>{name} holds no {member}, so it is not a Keras network.</source>
        <translation>{name} 中没有 {member}，因此不是 Keras 网络。</translation>
    </message>
    <message>
        <source>{name} holds something else than numbers.</source>
        <translation>{name} 中含有数值以外的内容。</translation>
    </message>
    <message>
        <source>{name} holds weights without the network that they belong to.</source>
        <translation>{name} 只有权重，没有权重所属的网络。</translation>
    </message>
    <message>
        <source>{name} is a Python file, not a network.</source>
        <translation>{name} 是 Python 文件，不是网络。</translation>
    </message>
    <message>
        <source>{name} is a Python file: it can give a network its own classes.</source>
        <translation>{name} 是 Python 文件：它可以为网络提供自定义类。</translation>
    </message>
    <message>
        <source>{name} is a SavedModel: one opaque program without layers to look into.</source>
        <translation>{name} 是 SavedModel：一个不透明的程序，没有可以查看的层。</translation>
    </message>
    <message>
        <source>{name} is a device or a pipe, not a file.</source>
        <translation>{name} 是设备或管道，不是文件。</translation>
    </message>
    <message>
        <source>{name} is a file of {maker}, which Keras does not read.</source>
        <translation>{name} 是 {maker} 的文件，Keras 无法读取。</translation>
    </message>
    <message>
        <source>{name} is a folder, not a file.</source>
        <translation>{name} 是文件夹，不是文件。</translation>
    </message>
    <message>
        <source>{name} is a folder, not a network.</source>
        <translation>{name} 是文件夹，不是网络。</translation>
    </message>
    <message>
        <source>{name} is a folder; a network is opened from one file.</source>
        <translation>{name} 是文件夹；网络须从单个文件打开。</translation>
    </message>
    <message>
        <source>{name} is a link that leads to itself.</source>
        <translation>{name} 是指向自身的链接。</translation>
    </message>
    <message>
        <source>{name} is a preset of the application.</source>
        <translation>{name} 是应用程序自带的预设。</translation>
    </message>
    <message>
        <source>{name} is a zip file, but its name does not end in .keras.</source>
        <translation>{name} 是 zip 文件，但文件名不以 .keras 结尾。</translation>
    </message>
    <message>
        <source>{name} is an HDF5 file, but its name does not end in .h5.</source>
        <translation>{name} 是 HDF5 文件，但文件名不以 .h5 结尾。</translation>
    </message>
    <message>
        <source>{name} is an HDF5 file, but not one that Keras wrote.</source>
        <translation>{name} 是 HDF5 文件，但不是 Keras 保存的。</translation>
    </message>
    <message>
        <source>{name} is an HDF5 file, though its name ends in .keras.</source>
        <translation>{name} 的文件名以 .keras 结尾，实际却是 HDF5 文件。</translation>
    </message>
    <message>
        <source>{name} is an address: only files on this machine are opened.</source>
        <translation>{name} 是网址：只能打开本机上的文件。</translation>
    </message>
    <message>
        <source>{name} is another picture than the one these patterns began with.</source>
        <translation>{name} 不是这些模式图起始时所用的那张图片。</translation>
    </message>
    <message>
        <source>{name} is being downloaded by another window.</source>
        <translation>另一个窗口正在下载 {name}。</translation>
    </message>
    <message>
        <source>{name} is damaged or incomplete and cannot be read.</source>
        <translation>{name} 已损坏或不完整，无法读取。</translation>
    </message>
    <message>
        <source>{name} is damaged or incomplete.</source>
        <translation>{name} 已损坏或不完整。</translation>
    </message>
    <message>
        <source>{name} is damaged: {key} of a {layer} layer is {value}.</source>
        <translation>{name} 已损坏：{layer} 层的 {key} 为 {value}。</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>{name} 是空的。</translation>
    </message>
    <message>
        <source>{name} is encrypted.</source>
        <translation>{name} 已加密。</translation>
    </message>
    <message>
        <source>{name} is not a PNG file that can be read.</source>
        <translation>{name} 不是可读取的 PNG 文件。</translation>
    </message>
    <message>
        <source>{name} is not a file name.</source>
        <translation>{name} 不是文件名。</translation>
    </message>
    <message>
        <source>{name} is not a file of weights.</source>
        <translation>{name} 不是权重文件。</translation>
    </message>
    <message>
        <source>{name} is not a network: .keras, .h5 and .json files are read.</source>
        <translation>{name} 不是网络：可以读取 .keras、.h5 和 .json 文件。</translation>
    </message>
    <message>
        <source>{name} is not a picture that can be read.</source>
        <translation>{name} 不是可读取的图片。</translation>
    </message>
    <message>
        <source>{name} is not built the way Keras builds such files, so it was not opened.</source>
        <translation>{name} 的结构与 Keras 生成的此类文件不符，因此没有打开。</translation>
    </message>
    <message>
        <source>{name} is not the architecture of a Keras network.</source>
        <translation>{name} 不是 Keras 网络的结构。</translation>
    </message>
    <message>
        <source>{name} is not the description of a network.</source>
        <translation>{name} 不是网络的描述。</translation>
    </message>
    <message>
        <source>{name} is not the picture of the recipe ({expected}).</source>
        <translation>{name} 不是配方中的图片（{expected}）。</translation>
    </message>
    <message>
        <source>{name} is too large for a picture: at most {limit} MB are read. Received: {size} MB.</source>
        <translation>{name} 作为图片过大：最多读取 {limit} MB。实际为：{size} MB。</translation>
    </message>
    <message>
        <source>{name} is too large for the description of a network.</source>
        <translation>{name} 作为网络的描述过大。</translation>
    </message>
    <message>
        <source>{name} is too large: at most {limit} megapixels are read.</source>
        <translation>{name} 过大：最多读取 {limit} 百万像素。</translation>
    </message>
    <message>
        <source>{name} is too large: at most {limit} megapixels are read. Received: {width} x {height}.</source>
        <translation>{name} 过大：最多读取 {limit} 百万像素。实际为：{width} x {height}。</translation>
    </message>
    <message>
        <source>{name} keeps its weights as NumPy arrays, which Keras cannot read back.</source>
        <translation>{name} 将权重保存为 NumPy 数组，Keras 无法读回。</translation>
    </message>
    <message>
        <source>{name} lists its layers in an order that Keras takes hours to sort.</source>
        <translation>{name} 中层的排列顺序会让 Keras 花费数小时来整理。</translation>
    </message>
    <message>
        <source>{name} names {what}, which is not a part that networks are made of, so it was not opened.</source>
        <translation>{name} 提到了 {what}，它不是网络的组成部分，因此没有打开。</translation>
    </message>
    <message>
        <source>{name} needs the module {module}, which is not installed.</source>
        <translation>{name} 需要模块 {module}，但它没有安装。</translation>
    </message>
    <message>
        <source>{name} needs {needed} of memory; {limit} are left of what the engine is allowed.</source>
        <translation>{name} 需要 {needed} 内存；在引擎允许使用的内存中还剩 {limit}。</translation>
    </message>
    <message>
        <source>{name} needs {what}, which is not part of Keras.</source>
        <translation>{name} 需要 {what}，但它不属于 Keras。</translation>
    </message>
    <message>
        <source>{name} refers to other files or places instead of holding its numbers.</source>
        <translation>{name} 没有存储数值，而是引用了其他文件或位置。</translation>
    </message>
    <message>
        <source>{name} runs code of its own in which layers cannot be told apart.</source>
        <translation>{name} 运行自己的代码，其中的层无法区分。</translation>
    </message>
    <message>
        <source>{name} was changed while it was being opened.</source>
        <translation>{name} 在打开过程中被更改。</translation>
    </message>
    <message>
        <source>{name} was not found in {folder}.</source>
        <translation>在 {folder} 中找不到 {name}。</translation>
    </message>
    <message>
        <source>{name} was saved as .h5, which does not hold operations such as {missing} whole.</source>
        <translation>{name} 保存为 .h5，这种格式无法完整保存 {missing} 之类的运算。</translation>
    </message>
    <message>
        <source>{name} was saved before the shape of its input was known, so it has no weights.</source>
        <translation>{name} 保存时尚不知道输入的形状，因此没有权重。</translation>
    </message>
    <message>
        <source>{name} was saved by Keras 2 in a form that Keras 3 does not read.</source>
        <translation>{name} 由 Keras 2 保存，其格式 Keras 3 无法读取。</translation>
    </message>
    <message>
        <source>{name} was saved by an old Keras in a form that Keras 3 does not read.</source>
        <translation>{name} 由旧版 Keras 保存，其格式 Keras 3 无法读取。</translation>
    </message>
    <message>
        <source>{name} would have Keras read the file {path}.</source>
        <translation>{name} 会让 Keras 读取文件 {path}。</translation>
    </message>
    <message>
        <source>{network} cannot take a picture of {height} x {width}: its layers do not fit together at this size.</source>
        <translation>{network} 无法接受 {height} x {width} 的图片：在此尺寸下各层无法衔接。</translation>
    </message>
    <message>
        <source>{network} cannot take a picture of {height} x {width}: nothing would be left of it in some layer.</source>
        <translation>{network} 无法接受 {height} x {width} 的图片：到某一层时图片已缩小至无。</translation>
    </message>
    <message>
        <source>{network} has no class called {label}.</source>
        <translation>{network} 没有名为 {label} 的类别。</translation>
    </message>
    <message>
        <source>{network} has no layer called {name}.</source>
        <translation>{network} 没有名为 {name} 的层。</translation>
    </message>
    <message>
        <source>{network} has no other input {name} that takes a picture.</source>
        <translation>{network} 没有另一个可接受图片的输入 {name}。</translation>
    </message>
    <message>
        <source>{network} is no classifier: it has no classes.</source>
        <translation>{network} 不是分类网络：它没有类别。</translation>
    </message>
    <message>
        <source>{network} takes pictures of one size only, and every octave has another.</source>
        <translation>{network} 只接受一种尺寸的图片，而每个倍频层的尺寸都不同。</translation>
    </message>
    <message>
        <source>{network} takes pictures of {height} x {width} only, and patterns are squares of {size}.</source>
        <translation>{network} 只接受 {height} x {width} 的图片，而模式图是边长 {size} 的正方形。</translation>
    </message>
    <message>
        <source>{network} takes pictures of {height} x {width} only. Received: {other_height} x {other_width}.</source>
        <translation>{network} 只接受 {height} x {width} 的图片。实际为：{other_height} x {other_width}。</translation>
    </message>
    <message>
        <source>{network} takes pictures that are {height} pixels high. Received: {other_height} x {other_width}.</source>
        <translation>{network} 只接受高 {height} 像素的图片。实际为：{other_height} x {other_width}。</translation>
    </message>
    <message>
        <source>{network} takes pictures that are {width} pixels wide. Received: {other_height} x {other_width}.</source>
        <translation>{network} 只接受宽 {width} 像素的图片。实际为：{other_height} x {other_width}。</translation>
    </message>
    <message>
        <source>{objective} at {where}</source>
        <translation>{where} 处的 {objective}</translation>
    </message>
    <message>
        <source>{parameter} must be from {low} to {high}. Received: {value}.</source>
        <translation>{parameter} 必须在 {low} 到 {high} 之间。实际为：{value}。</translation>
    </message>
    <message>
        <source>{parameter} must be one of {choices}. Received: {value}.</source>
        <translation>{parameter} 必须是以下之一：{choices}。实际为：{value}。</translation>
    </message>
    <message>
        <source>{path} is set aside when you save a preset.</source>
        <translation>保存预设时，{path} 会被另存留存。</translation>
    </message>
    <message>
        <source>{progress}, {count} waiting</source>
        <translation>{progress}，{count} 项等待中</translation>
    </message>
    <message>
        <source>{reached}: beats all {count} pictures</source>
        <translation>{reached}：高于全部 {count} 张图片</translation>
    </message>
    <message>
        <source>{reached}: beats {beaten} of {count} pictures</source>
        <translation>{reached}：高于 {count} 张图片中的 {beaten} 张</translation>
    </message>
    <message>
        <source>{seconds:.0f} s</source>
        <translation>{seconds:.0f} 秒</translation>
    </message>
    <message>
        <source>{time} left. {progress}</source>
        <translation>还需 {time}。{progress}</translation>
    </message>
</context>
</TS>
