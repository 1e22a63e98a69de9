# training.gp draws training.svg, training.pdf and training.png from training.dat.
# Restyle below, then run in this directory: gnuplot training.gp

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
set ylabel "CPU time (s)"
set yrange [1.1315938384729254:80.49986978362686]
set logscale y
set ytics ("2" 2.0, "5" 5.0, "10" 10.0, "20" 20.0, "50" 50.0)
set ytics add ("" 3 1, "" 4 1, "" 6 1, "" 7 1, "" 8 1, "" 9 1, "" 30 1, "" 40 1, "" 60 1, "" 70 1, "" 80 1)
low(y, e) = (y > e ? y - e : 0.0011315938384729254)

set key top left Left reverse samplen 2.2 spacing 1.15 width 1 title "model" left

# Files
set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \
  background rgb "white"
point_size = svg_point_size
set key width -4
set output "training.svg"

data = "training.dat"
plot \
  data index 0 using 1:3 with lines linecolor rgb color_0 linewidth 0.6*line_width notitle, \
  data index 0 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_0 pointtype 7 pointsize point_size notitle, \
  data index 1 using 1:3 with lines linecolor rgb color_1 linewidth 0.6*line_width notitle, \
  data index 1 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_1 pointtype 5 pointsize point_size notitle, \
  data index 2 using 1:3 with lines linecolor rgb color_2 linewidth 0.6*line_width notitle, \
  data index 2 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_2 pointtype 9 pointsize point_size notitle, \
  data index 3 using 1:3 with lines linecolor rgb color_3 linewidth 0.6*line_width notitle, \
  data index 3 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_3 pointtype 13 pointsize point_size notitle, \
  keyentry with linespoints linecolor rgb color_0 linewidth 0.6*line_width pointtype 7 pointsize point_size title "linear, shells 3", \
  keyentry with linespoints linecolor rgb color_1 linewidth 0.6*line_width pointtype 5 pointsize point_size title "linear, shells all", \
  keyentry with linespoints linecolor rgb color_2 linewidth 0.6*line_width pointtype 9 pointsize point_size title "attention, layers 1", \
  keyentry with linespoints linecolor rgb color_3 linewidth 0.6*line_width pointtype 13 pointsize point_size title "invariant-network"

point_size = other_point_size
set key width 1
set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \
  font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
set output "training.pdf"
replot
set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \
  fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
set output "training.png"
replot
set output
