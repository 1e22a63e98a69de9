# loss.gp draws loss.svg, loss.pdf and loss.png from loss.dat.
# Restyle below, then run in this directory: gnuplot loss.gp

# Style
font_name = "CMU Serif"
line_width = 1.6
# The SVG terminal draws the same markers larger.
svg_point_size = 0.55
other_point_size = 0.95
# The legend beside the plot has its own room.
canvas_width = 1.47
color_0 = "#0072B2"
color_1 = "#D55E00"
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
set xlabel "trainable parameters"
set xrange [3.23721285495809:168.04579259186303]
set logscale x
set xtics ("5" 5.0, "10" 10.0, "20" 20.0, "50" 50.0, "100" 100.0)
set xtics add ("" 4 1, "" 6 1, "" 7 1, "" 8 1, "" 9 1, "" 30 1, "" 40 1, "" 60 1, "" 70 1, "" 80 1, "" 90 1)
set ylabel "variance of ln {/:Italic W}−ln {/:Italic W}_{{/:Italic eff}}"
set yrange [0.04573073984249097:3.226357023270722]
set logscale y
set ytics ("0.05" 0.05, "0.1" 0.1, "0.2" 0.2, "0.5" 0.5, "1" 1.0, "2" 2.0)
set ytics add ("" 0.06 1, "" 0.07 1, "" 0.08 1, "" 0.09 1, "" 0.3 1, "" 0.4 1, "" 0.6 1, "" 0.7 1, "" 0.8 1, "" 0.9 1, "" 3 1)
low(y, e) = (y > e ? y - e : 4.573073984249097e-05)

set key outside right top Left reverse samplen 2.2 spacing 1.15 width 1 title "couplings" left

# Files
set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \
  background rgb "white"
point_size = svg_point_size
set key width -5
set output "loss.svg"

data = "loss.dat"
plot sample \
  [4.0:130.0] (7.893901099820039)*x**(-0.8145730959305353) with lines linecolor rgb color_0 linewidth 0.8*line_width dashtype (10,4) notitle, \
  [10.0:136.0] (1.501476249211344)*x**(-0.6714832501709505) with lines linecolor rgb color_1 linewidth 0.8*line_width dashtype (10,4) notitle, \
  data index 0 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_0 pointtype 7 pointsize point_size notitle, \
  data index 1 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_1 pointtype 5 pointsize point_size notitle, \
  keyentry with points linecolor rgb color_0 pointtype 7 pointsize point_size title "3", \
  keyentry with points linecolor rgb color_1 pointtype 5 pointsize point_size title "all", \
  keyentry with lines linecolor rgb color_0 linewidth 0.8*line_width dashtype (10,4) title "7.9(1.5) {/:Italic x}^{−0.81(5)}", \
  keyentry with lines linecolor rgb color_1 linewidth 0.8*line_width dashtype (10,4) title "1.50(17) {/:Italic x}^{−0.671(27)}"

point_size = other_point_size
set key width 1
set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \
  font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
set output "loss.pdf"
replot
set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \
  fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
set output "loss.png"
replot
set output
