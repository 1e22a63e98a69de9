# work.gp draws work.svg, work.pdf and work.png from work.dat.
# Restyle below, then run in this directory: gnuplot work.gp

# Style
font_name = "CMU Serif"
line_width = 1.6
# The SVG terminal draws the same markers larger.
svg_point_size = 0.55
other_point_size = 0.95
# The legend beside the plot has its own room.
canvas_width = 1.56
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
set xlabel "multiplications of the training"
set xrange [527234764.9655293:82641512706.10675]
set logscale x
set xtics ("1×10^{9}" 1000000000.0, "2×10^{9}" 2000000000.0, "5×10^{9}" 5000000000.0, "1×10^{10}" 10000000000.0, "2×10^{10}" 20000000000.0, "5×10^{10}" 50000000000.0)
set xtics add ("" 6e+08 1, "" 7e+08 1, "" 8e+08 1, "" 9e+08 1, "" 3e+09 1, "" 4e+09 1, "" 6e+09 1, "" 7e+09 1, "" 8e+09 1, "" 9e+09 1, "" 3e+10 1, "" 4e+10 1, "" 6e+10 1, "" 7e+10 1, "" 8e+10 1)
set ylabel "variance of ln {/:Italic W}−ln {/:Italic W}_{{/:Italic eff}}"
set yrange [0.003086561280262112:1.1920080320257826]
set logscale y
set ytics ("10^{−2}" 0.01, "10^{−1}" 0.1, "1" 1.0)
set ytics add ("" 0.004 1, "" 0.005 1, "" 0.006 1, "" 0.007 1, "" 0.008 1, "" 0.009 1, "" 0.02 1, "" 0.03 1, "" 0.04 1, "" 0.05 1, "" 0.06 1, "" 0.07 1, "" 0.08 1, "" 0.09 1, "" 0.2 1, "" 0.3 1, "" 0.4 1, "" 0.5 1, "" 0.6 1, "" 0.7 1, "" 0.8 1, "" 0.9 1)
low(y, e) = (y > e ? y - e : 3.086561280262112e-06)

set key outside right top Left reverse samplen 2.2 spacing 1.15 width 1

# Files
set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \
  background rgb "white"
point_size = svg_point_size
set key width -7
set output "work.svg"

data = "work.dat"
plot \
  data index 0 using 1:3 with lines linecolor rgb color_0 linewidth 0.6*line_width notitle, \
  data index 0 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_0 pointtype 7 pointsize point_size notitle, \
  data index 1 using 1:3 with lines linecolor rgb color_1 linewidth 0.6*line_width notitle, \
  data index 1 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_1 pointtype 5 pointsize point_size notitle, \
  data index 2 using 1:3 with lines linecolor rgb color_2 linewidth 0.6*line_width notitle, \
  data index 2 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_2 pointtype 9 pointsize point_size notitle, \
  data index 3 using 1:3 with lines linecolor rgb color_3 linewidth 0.6*line_width notitle, \
  data index 3 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_3 pointtype 13 pointsize point_size notitle, \
  data index 4 using 1:3 with lines linecolor rgb color_4 linewidth 0.6*line_width notitle, \
  data index 4 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_4 pointtype 11 pointsize point_size notitle, \
  data index 5 using 1:3 with lines linecolor rgb color_5 linewidth 0.6*line_width notitle, \
  data index 5 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_5 pointtype 15 pointsize point_size notitle, \
  keyentry with linespoints linecolor rgb color_0 linewidth 0.6*line_width pointtype 7 pointsize point_size title "invariant network", \
  keyentry with linespoints linecolor rgb color_1 linewidth 0.6*line_width pointtype 5 pointsize point_size title "attention", \
  keyentry with linespoints linecolor rgb color_2 linewidth 0.6*line_width pointtype 9 pointsize point_size title "CNN", \
  keyentry with linespoints linecolor rgb color_3 linewidth 0.6*line_width pointtype 13 pointsize point_size title "CNN, turned samples", \
  keyentry with linespoints linecolor rgb color_4 linewidth 0.6*line_width pointtype 11 pointsize point_size title "transformer", \
  keyentry with linespoints linecolor rgb color_5 linewidth 0.6*line_width pointtype 15 pointsize point_size title "transformer, turned samples"

point_size = other_point_size
set key width 1
set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \
  font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
set output "work.pdf"
replot
set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \
  fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
set output "work.png"
replot
set output
