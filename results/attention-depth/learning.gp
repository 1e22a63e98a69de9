# learning.gp draws learning.svg, learning.pdf and learning.png from learning.dat.
# Restyle below, then run in this directory: gnuplot learning.gp

# Style
font_name = "CMU Serif"
line_width = 1.6
# The SVG terminal draws the same markers larger.
svg_point_size = 0.55
other_point_size = 0.95
# The legend beside the plot has its own room.
canvas_width = 1.0
color_0 = "#0072B2"
color_1 = "#D55E00"
color_2 = "#009E73"
color_3 = "#CC79A7"
color_4 = "#E69F00"
color_5 = "#56B4E9"
color_6 = "#000000"
color_fit = "#404040"
color_reference = "#808080"
set encoding utf8
set minussign
set border linewidth 0.9
set xtics in mirror scale 0.8, 0.45
set ytics in mirror scale 0.8, 0.45
set errorbars 0.6
# Otherwise the SVG terminal leaves a white disk around the middle of error bars.
set pointintervalbox 0.001
set samples 400
set datafile missing "nan"

# Axes
set xlabel "steps of Levenberg-Marquardt, layers added on the way"
set xrange [-3.21:324.21]
set xtics 100.0
set mxtics 2
set ylabel "mean squared residual, held out"
set yrange [0.11377846203629795:3.0401243523439923]
set logscale y
set ytics ("0.2" 0.2, "0.5" 0.5, "1" 1.0, "2" 2.0)
set ytics add ("" 0.3 1, "" 0.4 1, "" 0.6 1, "" 0.7 1, "" 0.8 1, "" 0.9 1, "" 3 1)
low(y, e) = (y > e ? y - e : 0.00011377846203629795)

set key top right Left reverse samplen 2.2 spacing 1.15 width 1 title "attention layers" left

# Files
set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \
  background rgb "white"
point_size = svg_point_size
set key width 1
set output "learning.svg"

data = "learning.dat"
plot \
  data index 0 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_0 pointtype 7 pointsize point_size notitle, \
  data index 1 using 1:3 with lines linecolor rgb color_1 linewidth 0.6*line_width notitle, \
  data index 1 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_1 pointtype 5 pointsize point_size notitle, \
  data index 2 using 1:3 with lines linecolor rgb color_2 linewidth line_width notitle, \
  data index 3 using 1:3 with lines linecolor rgb color_3 linewidth line_width notitle, \
  data index 4 using 1:3 with lines linecolor rgb color_4 linewidth line_width notitle, \
  data index 5 using 1:3 with lines linecolor rgb color_5 linewidth line_width notitle, \
  data index 6 using 1:3 with lines linecolor rgb color_6 linewidth line_width notitle, \
  keyentry with points linecolor rgb color_0 pointtype 7 pointsize point_size title "0", \
  keyentry with linespoints linecolor rgb color_1 linewidth 0.6*line_width pointtype 5 pointsize point_size title "1", \
  keyentry with lines linecolor rgb color_2 linewidth line_width title "2", \
  keyentry with lines linecolor rgb color_3 linewidth line_width title "3", \
  keyentry with lines linecolor rgb color_4 linewidth line_width title "4", \
  keyentry with lines linecolor rgb color_5 linewidth line_width title "5", \
  keyentry with lines linecolor rgb color_6 linewidth line_width title "6"

point_size = other_point_size
set key width 1
set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \
  font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
set output "learning.pdf"
replot
set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \
  fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
set output "learning.png"
replot
set output
