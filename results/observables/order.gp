# order.gp draws order.svg, order.pdf and order.png from order.dat.
# Restyle below, then run in this directory: gnuplot order.gp

# Style
font_name = "CMU Serif"
line_width = 1.6
# The SVG terminal draws the same markers larger.
svg_point_size = 0.55
other_point_size = 0.95
# The legend beside the plot has its own room.
canvas_width = 1.5899999999999999
color_0 = "#0072B2"
color_1 = "#D55E00"
color_2 = "#009E73"
color_3 = "#CC79A7"
color_4 = "#E69F00"
color_5 = "#56B4E9"
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
set xlabel "temperature"
set xrange [0.04600938253124376:0.21734697250521162]
set logscale x
set xtics ("0.05" 0.05, "0.1" 0.1, "0.2" 0.2)
set xtics add ("" 0.06 1, "" 0.07 1, "" 0.08 1, "" 0.09 1)
set ylabel "|{/:Italic M}_{{/:Italic st}}|"
set yrange [0.14399458157376943:0.5734276072654045]
set ytics 0.1
set mytics 2
low(y, e) = y - e

set key outside right top Left reverse samplen 2.2 spacing 1.15 width 1

# Files
set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \
  background rgb "white"
point_size = svg_point_size
set key width -7
set output "order.svg"

data = "order.dat"
plot \
  data index 0 using 1:3 with lines linecolor rgb color_0 linewidth 0.6*line_width notitle, \
  data index 0 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_0 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 0 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_0 pointtype 7 pointsize point_size notitle, \
  data index 1 using 1:3 with lines linecolor rgb color_1 linewidth 0.6*line_width notitle, \
  data index 1 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_1 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 1 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_1 pointtype 5 pointsize point_size notitle, \
  data index 1 using 1:($5 == 0 ? $3 : NaN) with points linecolor rgb "white" pointtype 5 pointsize point_size notitle, \
  data index 1 using 1:($5 == 0 ? $3 : NaN) with points linecolor rgb color_1 pointtype 4 pointsize point_size linewidth 0.8*line_width notitle, \
  data index 2 using 1:3 with lines linecolor rgb color_2 linewidth 0.6*line_width notitle, \
  data index 2 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_2 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 2 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_2 pointtype 9 pointsize point_size notitle, \
  data index 3 using 1:3 with lines linecolor rgb color_3 linewidth 0.6*line_width notitle, \
  data index 3 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_3 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 3 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_3 pointtype 13 pointsize point_size notitle, \
  data index 4 using 1:3 with lines linecolor rgb color_4 linewidth 0.6*line_width notitle, \
  data index 4 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_4 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 4 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_4 pointtype 11 pointsize point_size notitle, \
  data index 5 using 1:3 with lines linecolor rgb color_5 linewidth 0.6*line_width notitle, \
  data index 5 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_5 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 5 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_5 pointtype 15 pointsize point_size notitle, \
  keyentry with linespoints linecolor rgb color_0 linewidth 0.6*line_width pointtype 7 pointsize point_size title "reference", \
  keyentry with linespoints linecolor rgb color_1 linewidth 0.6*line_width pointtype 5 pointsize point_size title "analysis, linear, shells 1", \
  keyentry with linespoints linecolor rgb color_2 linewidth 0.6*line_width pointtype 9 pointsize point_size title "analysis, linear, shells 3", \
  keyentry with linespoints linecolor rgb color_3 linewidth 0.6*line_width pointtype 13 pointsize point_size title "analysis, linear, shells all", \
  keyentry with linespoints linecolor rgb color_4 linewidth 0.6*line_width pointtype 11 pointsize point_size title "analysis, attention, layers 1", \
  keyentry with linespoints linecolor rgb color_5 linewidth 0.6*line_width pointtype 15 pointsize point_size title "analysis, invariant-network", \
  keyentry with points linecolor rgb color_reference pointtype 6 pointsize point_size title "not converged"

point_size = other_point_size
set key width 1
set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \
  font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
set output "order.pdf"
replot
set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \
  fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
set output "order.png"
replot
set output
