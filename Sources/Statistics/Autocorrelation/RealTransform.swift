internal import CFFTW
internal import Synchronization

/// FFTW's planner is not thread-safe; executing a plan on its own buffers is.
private let planner = Mutex(())

/// Forward and backward transform of a real array of one length (FFTW: Frigo and Johnson, 2005),
/// with the buffers it works on.
///
/// Plans are estimated, never measured: a measured plan may differ from run to run, and with it
/// the last bits of the result.
@safe
struct RealTransform: ~Copyable {
  let length: Int
  /// `length` real numbers: input of `forward`, output of `backward` (times `length`).
  let real: UnsafeMutablePointer<Double>
  /// `length / 2 + 1` complex numbers as (real, imaginary) pairs.
  let spectrum: UnsafeMutablePointer<Double>
  private let forwardPlan: fftw_plan
  private let backwardPlan: fftw_plan

  /// `length` must be even and at least 2.
  init(length: Int) {
    precondition(length >= 2 && length % 2 == 0)
    self.length = length
    let bins = length / 2 + 1
    let made = unsafe planner.withLock { _ in
      let real = unsafe fftw_alloc_real(length)
      let spectrum = unsafe fftw_alloc_real(2 * bins)
      let pairs = unsafe UnsafeMutableRawPointer(spectrum)?
        .assumingMemoryBound(to: fftw_complex.self)
      return unsafe (
        real: real, spectrum: spectrum,
        forward: fftw_plan_dft_r2c_1d(Int32(length), real, pairs, FFTW_ESTIMATE),
        backward: fftw_plan_dft_c2r_1d(Int32(length), pairs, real, FFTW_ESTIMATE)
      )
    }
    guard let real = unsafe made.real, let spectrum = unsafe made.spectrum,
      let forward = unsafe made.forward, let backward = unsafe made.backward
    else { fatalError("FFTW has no memory for a transform of length \(length)") }
    unsafe self.real = real
    unsafe self.spectrum = spectrum
    unsafe forwardPlan = forward
    unsafe backwardPlan = backward
  }

  func forward() { unsafe fftw_execute(forwardPlan) }

  /// Overwrites the spectrum.
  func backward() { unsafe fftw_execute(backwardPlan) }

  deinit {
    let (forward, backward) = unsafe (forwardPlan, backwardPlan)
    planner.withLock { _ in
      unsafe fftw_destroy_plan(forward)
      unsafe fftw_destroy_plan(backward)
    }
    unsafe fftw_free(real)
    unsafe fftw_free(spectrum)
  }
}
