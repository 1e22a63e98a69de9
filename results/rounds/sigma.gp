# sigma.gp draws sigma.svg, sigma.pdf and sigma.png from sigma.dat.
# Restyle below, then run in this directory: gnuplot sigma.gp

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
set xlabel "iteration"
set xrange [-1.5:26.5]
set xtics 5.0
set mxtics 2
set ylabel "held-out mean square"
set yrange [0.0035427233832627057:0.0220907464146313]
set logscale y
set ytics ("0.005" 0.005, "0.01" 0.01, "0.02" 0.02)
set ytics add ("" 0.004 1, "" 0.006 1, "" 0.007 1, "" 0.008 1, "" 0.009 1)
low(y, e) = (y > e ? y - e : 3.5427233832627058e-06)

set key top right Left reverse samplen 2.2 spacing 1.15 width 1

# Files
set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \
  background rgb "white"
point_size = svg_point_size
set key width 0
set output "sigma.svg"

data = "sigma.dat"
plot \
  data index 0 using 1:3 with lines linecolor rgb color_0 linewidth 0.6*line_width notitle, \
  data index 0 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_0 pointtype 7 pointsize point_size notitle, \
  data index 1 using 1:3 with lines linecolor rgb color_1 linewidth 0.6*line_width notitle, \
  data index 1 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_1 pointtype 5 pointsize point_size notitle, \
  data index 2 using 1:3 with lines linecolor rgb color_2 linewidth 0.6*line_width notitle, \
  data index 2 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_2 pointtype 9 pointsize point_size notitle, \
  keyentry with linespoints linecolor rgb color_0 linewidth 0.6*line_width pointtype 7 pointsize point_size title "model0", \
  keyentry with linespoints linecolor rgb color_1 linewidth 0.6*line_width pointtype 5 pointsize point_size title "model1", \
  keyentry with linespoints linecolor rgb color_2 linewidth 0.6*line_width pointtype 9 pointsize point_size title "model2"

point_size = other_point_size
set key width 1
set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \
  font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
set output "sigma.pdf"
replot
set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \
  fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
set output "sigma.png"
replot
set output
