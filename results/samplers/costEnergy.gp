# costEnergy.gp draws costEnergy.svg, costEnergy.pdf and costEnergy.png from costEnergy.dat.
# Restyle below, then run in this directory: gnuplot costEnergy.gp

# Style
font_name = "CMU Serif"
line_width = 1.6
# The SVG terminal draws the same markers larger.
svg_point_size = 0.55
other_point_size = 0.95
# The legend beside the plot has its own room.
canvas_width = 1.43
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
set xlabel "sites {/:Italic N}"
set xrange [14.023791043685712:164.29223687252446]
set logscale x
set xtics ("16" 16.0, "36" 36.0, "64" 64.0, "100" 100.0, "144" 144.0)
set xtics add ("" 20 1, "" 30 1, "" 40 1, "" 50 1, "" 60 1, "" 70 1, "" 80 1, "" 90 1)
set ylabel "CPU time per independent energy (s)"
set yrange [3.705256076240231e-05:20.395324573341316]
set logscale y
set ytics ("10^{−4}" 0.0001, "10^{−3}" 0.001, "10^{−2}" 0.01, "10^{−1}" 0.1, "1" 1.0, "10" 10.0)
set ytics add ("" 4e-05 1, "" 5e-05 1, "" 6e-05 1, "" 7e-05 1, "" 8e-05 1, "" 9e-05 1, "" 0.0002 1, "" 0.0003 1, "" 0.0004 1, "" 0.0005 1, "" 0.0006 1, "" 0.0007 1, "" 0.0008 1, "" 0.0009 1, "" 0.002 1, "" 0.003 1, "" 0.004 1, "" 0.005 1, "" 0.006 1, "" 0.007 1, "" 0.008 1, "" 0.009 1, "" 0.02 1, "" 0.03 1, "" 0.04 1, "" 0.05 1, "" 0.06 1, "" 0.07 1, "" 0.08 1, "" 0.09 1, "" 0.2 1, "" 0.3 1, "" 0.4 1, "" 0.5 1, "" 0.6 1, "" 0.7 1, "" 0.8 1, "" 0.9 1, "" 2 1, "" 3 1, "" 4 1, "" 5 1, "" 6 1, "" 7 1, "" 8 1, "" 9 1, "" 20 1)
low(y, e) = (y > e ? y - e : 3.705256076240231e-08)

set key outside right top Left reverse samplen 2.2 spacing 1.15 width 1

# Files
set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \
  background rgb "white"
point_size = svg_point_size
set key width -4
set output "costEnergy.svg"

data = "costEnergy.dat"
plot \
  data index 0 using 1:3 with lines linecolor rgb color_0 linewidth 0.6*line_width notitle, \
  data index 0 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_0 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 0 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_0 pointtype 7 pointsize point_size notitle, \
  data index 0 using 1:($5 == 0 ? $3 : NaN) with points linecolor rgb "white" pointtype 7 pointsize point_size notitle, \
  data index 0 using 1:($5 == 0 ? $3 : NaN) with points linecolor rgb color_0 pointtype 6 pointsize point_size linewidth 0.8*line_width notitle, \
  data index 1 using 1:3 with lines linecolor rgb color_1 linewidth 0.6*line_width notitle, \
  data index 1 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_1 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 1 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_1 pointtype 5 pointsize point_size notitle, \
  data index 2 using 1:3 with lines linecolor rgb color_2 linewidth 0.6*line_width notitle, \
  data index 2 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_2 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 2 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_2 pointtype 9 pointsize point_size notitle, \
  data index 2 using 1:($5 == 0 ? $3 : NaN) with points linecolor rgb "white" pointtype 9 pointsize point_size notitle, \
  data index 2 using 1:($5 == 0 ? $3 : NaN) with points linecolor rgb color_2 pointtype 8 pointsize point_size linewidth 0.8*line_width notitle, \
  data index 3 using 1:3 with lines linecolor rgb color_3 linewidth 0.6*line_width notitle, \
  data index 3 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_3 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 3 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_3 pointtype 13 pointsize point_size notitle, \
  data index 3 using 1:($5 == 0 ? $3 : NaN) with points linecolor rgb "white" pointtype 13 pointsize point_size notitle, \
  data index 3 using 1:($5 == 0 ? $3 : NaN) with points linecolor rgb color_3 pointtype 12 pointsize point_size linewidth 0.8*line_width notitle, \
  data index 4 using 1:3 with lines linecolor rgb color_4 linewidth 0.6*line_width notitle, \
  data index 4 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_4 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 4 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_4 pointtype 11 pointsize point_size notitle, \
  data index 5 using 1:3 with lines linecolor rgb color_5 linewidth 0.6*line_width notitle, \
  data index 5 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_5 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 5 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_5 pointtype 15 pointsize point_size notitle, \
  data index 6 using 1:3 with lines linecolor rgb color_6 linewidth 0.6*line_width notitle, \
  data index 6 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_6 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 6 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_6 pointtype 7 pointsize point_size notitle, \
  keyentry with linespoints linecolor rgb color_0 linewidth 0.6*line_width pointtype 7 pointsize point_size title "naive", \
  keyentry with linespoints linecolor rgb color_1 linewidth 0.6*line_width pointtype 5 pointsize point_size title "fast", \
  keyentry with linespoints linecolor rgb color_2 linewidth 0.6*line_width pointtype 9 pointsize point_size title "hmc", \
  keyentry with linespoints linecolor rgb color_3 linewidth 0.6*line_width pointtype 13 pointsize point_size title "linear, shells 3", \
  keyentry with linespoints linecolor rgb color_4 linewidth 0.6*line_width pointtype 11 pointsize point_size title "linear, shells all", \
  keyentry with linespoints linecolor rgb color_5 linewidth 0.6*line_width pointtype 15 pointsize point_size title "attention, layers 1", \
  keyentry with linespoints linecolor rgb color_6 linewidth 0.6*line_width pointtype 7 pointsize point_size title "invariant-network", \
  keyentry with points linecolor rgb color_reference pointtype 6 pointsize point_size title "not converged"

point_size = other_point_size
set key width 1
set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \
  font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
set output "costEnergy.pdf"
replot
set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \
  fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
set output "costEnergy.png"
replot
set output
