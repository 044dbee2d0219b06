package dev.llmretry.benchmarks.compiletime;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;

/** Loads processors once for all compilations, as a build daemon does. */
final class Processors {

  private final Map<Workload, ClassLoader> loaders = new EnumMap<>(Workload.class);

  Processors() throws MalformedURLException {
    for (Workload workload : Workload.values()) {
      Path jar = Jars.of(workload.processor());
      loaders.put(workload, new URLClassLoader(new URL[] {jar.toUri().toURL()}));
    }
  }

  /** Returns new ones, which serve for one compilation. */
  List<Processor> of(Workload workload) {
    return ServiceLoader.load(Processor.class, loaders.get(workload)).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
