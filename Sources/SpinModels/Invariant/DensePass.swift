/// Numbers of a model where the kernels reach them without a check per element.
@safe final class WeightBuffer {
  let count: Int
  let base: UnsafeMutablePointer<Double>

  init(_ count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: max(1, count))
    unsafe base.initialize(repeating: 0, count: count)
  }

  deinit { unsafe base.deallocate() }

  subscript(i: Int) -> Double {
    precondition(i >= 0 && i < count)
    return unsafe base[i]
  }

  func load(_ values: Span<Double>) {
    precondition(values.count == count)
    for i in values.indices { unsafe base[i] = values[i] }
  }
}

extension DenseLayer {
  /// y = A x + a, four outputs at a time so that each input is loaded once for them.
  func forward(_ w: WeightBuffer, _ x: LaneBuffer, _ xAt: Int, _ y: LaneBuffer, _ yAt: Int) {
    precondition(weights.upperBound <= w.count && biases.upperBound <= w.count)
    precondition(xAt + inputs <= x.count && yAt + outputs <= y.count && min(xAt, yAt) >= 0)
    let input = unsafe x.base + xAt
    let matrix = unsafe w.base + weights.lowerBound
    let bias = unsafe w.base + biases.lowerBound
    let output = unsafe y.base + yAt
    var o = 0
    while o + 4 <= outputs {
      let row = unsafe matrix + o * inputs
      var a = unsafe Lanes(repeating: bias[o])
      var b = unsafe Lanes(repeating: bias[o + 1])
      var c = unsafe Lanes(repeating: bias[o + 2])
      var d = unsafe Lanes(repeating: bias[o + 3])
      for i in 0..<inputs {
        let value = unsafe input[i]
        unsafe a.addProduct(Lanes(repeating: row[i]), value)
        unsafe b.addProduct(Lanes(repeating: row[inputs + i]), value)
        unsafe c.addProduct(Lanes(repeating: row[2 * inputs + i]), value)
        unsafe d.addProduct(Lanes(repeating: row[3 * inputs + i]), value)
      }
      unsafe output[o] = a
      unsafe output[o + 1] = b
      unsafe output[o + 2] = c
      unsafe output[o + 3] = d
      o += 4
    }
    while o < outputs {
      var a = unsafe Lanes(repeating: bias[o])
      for i in 0..<inputs {
        unsafe a.addProduct(Lanes(repeating: matrix[o * inputs + i]), input[i])
      }
      unsafe output[o] = a
      o += 1
    }
  }

  /// dx += A^T dy, dA += dy x^T, da += dy.
  func backward(
    _ w: WeightBuffer, _ x: LaneBuffer, _ xAt: Int, dy: LaneBuffer, dx: LaneBuffer,
    into parameters: LaneBuffer
  ) {
    precondition(weights.upperBound <= w.count && biases.upperBound <= w.count)
    precondition(parameters.count == w.count && dx.count >= inputs && dy.count >= outputs)
    precondition(xAt >= 0 && xAt + inputs <= x.count)
    let input = unsafe x.base + xAt
    let dInput = unsafe dx.base
    for o in 0..<outputs {
      let g = dy[o]
      let row = unsafe w.base + weights.lowerBound + o * inputs
      let dRow = unsafe parameters.base + weights.lowerBound + o * inputs
      for i in 0..<inputs {
        unsafe dInput[i].addProduct(Lanes(repeating: row[i]), g)
        unsafe dRow[i].addProduct(g, input[i])
      }
      parameters[biases.lowerBound + o] += g
    }
  }
}

/// f(x) = x (1 + u) / 2 with u = x / sqrt(1 + x^2).
@inline(__always)
func smoothRamp(_ x: Lanes) -> Lanes {
  let u = x / fused(x, x, Lanes(repeating: 1)).squareRoot()
  return 0.5 * fused(x, u, x)
}

/// f'(x) = (1 + u) / 2 + x / (2 (1 + x^2)^(3/2)).
@inline(__always)
func smoothRampSlope(_ x: Lanes) -> Lanes {
  let square = fused(x, x, Lanes(repeating: 1))
  let inverse = 1 / square.squareRoot()
  let u = x * inverse
  return 0.5 * (1 + u + u * inverse * inverse)
}
