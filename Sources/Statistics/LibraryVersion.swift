internal import CFFTW

/// The FFTW that this program is linked with.
public var transformLibraryVersion: String { unsafe String(cString: slmc_fftw_version()) }
