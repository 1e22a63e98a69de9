// swift-tools-version: 6.2
// The whole module graph of slmc, on one screen. Two columns that never import each other,
// numerics and pipeline, meet in Stages (see ARCHITECTURE.md).
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]

#if arch(x86_64)
  let processor = ["-march=x86-64-v3"]
  /// Without fused multiply-add the SIMD kernels are an order of magnitude slower.
  let vectorised: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v3"])]
#else
  let processor: [String] = []
  let vectorised: [SwiftSetting] = []
#endif

func numerics(_ name: String, _ dependencies: String...) -> Target {
  .target(
    name: name, dependencies: dependencies.map { .byName(name: $0) },
    swiftSettings: settings + vectorised)
}

func pipeline(_ name: String, _ dependencies: String...) -> Target {
  .target(
    name: name, dependencies: dependencies.map { .byName(name: $0) }, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: String...) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: ([name] + dependencies).map { .byName(name: $0) },
    resources: [], swiftSettings: settings + vectorised)
}

func library(_ name: String, pkgConfig: String? = nil, debian: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/System/" + name, pkgConfig: pkgConfig,
    providers: [.apt([debian])])
}

let package = Package(
  name: "slmc",
  products: [.executable(name: "slmc", targets: ["slmc"])],
  targets: [
    library("CHDF5", pkgConfig: "hdf5", debian: "libhdf5-dev"),
    library("COpenBLAS", pkgConfig: "openblas", debian: "libopenblas-dev"),
    library("CFyaml", pkgConfig: "libfyaml", debian: "libfyaml-dev"),
    library("CCrypto", pkgConfig: "libcrypto", debian: "libssl-dev"),
    library("CRandom123", debian: "librandom123-dev"),
    library("CFFTW", pkgConfig: "fftw3", debian: "libfftw3-dev"),
    library("CLinux", debian: "libc6-dev"),

    numerics("Randomness", "CRandom123"),
    numerics("LinearAlgebra", "COpenBLAS"),
    numerics("Lattice"),
    numerics("Statistics", "CFFTW", "LinearAlgebra", "Randomness"),
    numerics("MonteCarlo", "Lattice", "Randomness"),
    numerics("DoubleExchange", "MonteCarlo", "Lattice", "LinearAlgebra", "Randomness"),
    numerics("ScalarField", "MonteCarlo", "Lattice", "Randomness"),
    numerics("PlanarSpins", "Models", "MonteCarlo", "Lattice", "Randomness"),
    numerics("Models", "MonteCarlo", "Lattice", "Randomness"),
    numerics("SpinModels", "Models", "MonteCarlo", "Lattice", "LinearAlgebra", "Randomness"),
    numerics(
      "Learning", "Models", "MonteCarlo", "Lattice", "LinearAlgebra", "Randomness", "Statistics"),
    numerics("SelfLearning", "MonteCarlo", "Lattice", "Randomness"),

    pipeline("Diagnostics"),
    pipeline("Values"),
    pipeline("FileSystem", "CLinux"),
    pipeline("Processes", "CLinux", "FileSystem"),
    pipeline("ContentHash", "CCrypto", "Values"),
    pipeline("HDF5", "CHDF5"),
    pipeline("YAML", "CFyaml", "Diagnostics"),
    pipeline("Manifest", "Diagnostics", "FileSystem", "Values", "YAML"),
    pipeline("Artifacts", "ContentHash", "FileSystem", "HDF5", "Values"),
    pipeline(
      "Pipeline", "Artifacts", "ContentHash", "Diagnostics", "FileSystem", "Manifest", "Values",
      "YAML"),
    pipeline(
      // Manifest and YAML are not imported; a plan holds their values, and without them here an
      // incremental release build keeps their old layout.
      "Executors", "CLinux", "Artifacts", "ContentHash", "Diagnostics", "FileSystem", "Manifest",
      "Pipeline", "Processes", "Values", "YAML"),
    pipeline(
      "Slurm", "Artifacts", "ContentHash", "Diagnostics", "Executors", "FileSystem", "Manifest",
      "Pipeline", "Processes", "Values"),
    pipeline("Reporting", "Diagnostics", "FileSystem", "Processes", "Values"),

    pipeline(
      "Stages", "CLinux", "Artifacts", "ContentHash", "Diagnostics", "FileSystem", "HDF5",
      "Manifest", "Pipeline", "Processes", "Values", "YAML",
      "Lattice", "Learning", "LinearAlgebra", "Models", "MonteCarlo", "Randomness", "SelfLearning",
      "Statistics"),
    pipeline(
      // The one library that knows every theory; the tool gets them from `main`.
      "Theories", "DoubleExchange", "Lattice", "Manifest", "Models", "MonteCarlo",
      "Pipeline", "PlanarSpins", "Randomness", "ScalarField", "SpinModels", "Stages", "Values"),
    pipeline(
      "Results", "Artifacts", "ContentHash", "Diagnostics", "FileSystem", "HDF5", "Manifest",
      "Pipeline", "Reporting", "Stages", "Statistics", "Values", "YAML"),
    pipeline(
      "CommandLineTool", "CLinux", "Artifacts", "ContentHash", "Diagnostics", "Executors",
      "FileSystem", "HDF5", "Manifest", "Pipeline", "Processes", "Reporting", "Results", "Slurm",
      "Stages",
      "Statistics", "Values", "YAML"),
    .executableTarget(
      name: "slmc", dependencies: ["CommandLineTool", "Pipeline", "Stages", "Theories"],
      swiftSettings: settings
    ),

    .target(
      name: "CMatvec", path: "Benchmarks/CMatvec",
      cSettings: [.unsafeFlags(["-O3"] + processor)]),
    .executableTarget(
      name: "slmc-bench",
      dependencies: [
        "CMatvec", "DoubleExchange", "LinearAlgebra", "Lattice", "MonteCarlo", "Randomness",
        "Statistics", "SpinModels", "Learning", "Models", "SelfLearning",
      ], path: "Benchmarks",
      exclude: [
        "CMatvec", "peers", "cluster_simulation.py", "engine-budget.sh", "engine_budget.py",
      ],
      swiftSettings: settings + vectorised),

    tests("Randomness"),
    tests("Lattice"),
    tests("MonteCarlo", "Lattice", "Randomness"),
    .target(
      name: "ScratchFolders", dependencies: ["FileSystem"], path: "Tests/ScratchFolders",
      swiftSettings: settings),
    .target(name: "Damage", path: "Tests/Damage", swiftSettings: settings),
    .target(
      name: "AwkwardSeries", dependencies: ["Randomness"], path: "Tests/AwkwardSeries",
      swiftSettings: settings),
    tests("Values"),
    tests("ContentHash", "Values"),
    tests("FileSystem", "ScratchFolders"),
    tests("Processes", "FileSystem", "ScratchFolders"),
    tests("Manifest", "Diagnostics", "FileSystem", "ScratchFolders", "Values", "YAML"),
    tests("Artifacts", "ContentHash", "Damage", "FileSystem", "HDF5", "ScratchFolders", "Values"),
    tests(
      "Pipeline", "Artifacts", "ContentHash", "Damage", "Diagnostics", "FileSystem", "Manifest",
      "ScratchFolders", "Stages", "Theories", "Values"),
    tests(
      "Executors", "slmc", "Artifacts", "ContentHash", "FileSystem", "Manifest", "Pipeline",
      "ScratchFolders",
      "Stages", "Theories", "Values"),
    tests(
      "CommandLineTool", "slmc", "Artifacts", "AwkwardSeries", "ContentHash", "Damage", "Executors",
      "FileSystem", "HDF5", "Pipeline", "ScratchFolders", "Stages", "Theories", "Values"),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "slmc", "ContentHash", "FileSystem", "HDF5", "ScratchFolders", "Statistics", "Values",
      ],
      swiftSettings: settings),
    tests("LinearAlgebra", "Randomness"),
    tests("DoubleExchange", "Lattice", "LinearAlgebra", "MonteCarlo", "Randomness"),
    tests(
      "ScalarField", "Models", "SpinModels", "Lattice", "MonteCarlo", "Randomness", "Statistics"),
    tests("SpinModels", "Lattice", "Models", "MonteCarlo", "Randomness"),
    tests(
      "Learning", "Lattice", "LinearAlgebra", "Models", "MonteCarlo", "Randomness", "SpinModels",
      "Statistics"),
    tests("Statistics", "AwkwardSeries", "LinearAlgebra", "Randomness"),
    tests("Reporting", "FileSystem", "ScratchFolders", "Values"),
    tests("Slurm", "slmc", "Damage", "FileSystem", "ScratchFolders", "Values"),
    tests("Diagnostics"),
    tests("HDF5"),
    tests(
      "SelfLearning", "DoubleExchange", "Lattice", "Learning", "LinearAlgebra", "Models",
      "MonteCarlo", "Randomness", "SpinModels", "Statistics"),
    tests("YAML", "Diagnostics"),
    tests(
      "Stages", "Theories", "AwkwardSeries", "Diagnostics", "FileSystem", "HDF5", "LinearAlgebra",
      "Pipeline",
      "ScratchFolders", "Statistics", "Values", "YAML"),
  ]
)
