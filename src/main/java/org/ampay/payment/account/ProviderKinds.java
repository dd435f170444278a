package org.ampay.payment.account;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.ampay.payment.provider.ProviderFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kinds of providers beyond a network: ours, and those of the jars in the folder for plug-ins.
 * A jar that cannot be used is left out with a warning; no plug-in takes the name of another kind.
 */
public final class ProviderKinds implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderKinds.class);
  private static final String NAME = "[a-z0-9]{2,20}";

  private final Map<String, ProviderFactory> byName = new TreeMap<>();
  private final List<URLClassLoader> jars = new ArrayList<>();

  private ProviderKinds() {}

  /**
   * Finds them.
   *
   * @param plugins the folder; need not exist
   */
  public static ProviderKinds load(Path plugins) {
    ProviderKinds kinds = new ProviderKinds();
    kinds.addAll(ProviderKinds.class.getClassLoader(), "the program");
    for (Path jar : jars(plugins)) {
      kinds.addJar(jar);
    }
    return kinds;
  }

  /** Of these alone. */
  public static ProviderKinds of(List<ProviderFactory> factories) {
    ProviderKinds kinds = new ProviderKinds();
    factories.forEach(factory -> kinds.add(factory, "the caller"));
    return kinds;
  }

  public Optional<ProviderFactory> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** In the order of their names. */
  public List<ProviderFactory> all() {
    return List.copyOf(byName.values());
  }

  private static List<Path> jars(Path folder) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder, "*.jar")) {
        listed.forEach(found::add);
      } catch (IOException e) {
        LOG.warn("plug-ins in {} cannot be listed: {}", folder, e.toString());
      }
    }
    Collections.sort(found);
    return found;
  }

  private void addJar(Path jar) {
    try {
      URL[] urls = {jar.toUri().toURL()};
      URLClassLoader loader = new URLClassLoader(urls, ProviderKinds.class.getClassLoader());
      jars.add(loader);
      addAll(loader, jar.getFileName().toString());
    } catch (IOException e) {
      LOG.warn("the plug-in {} cannot be read: {}", jar, e.toString());
    }
  }

  /** A loader also finds what its parent has: that is passed over. */
  private void addAll(ClassLoader loader, String where) {
    Iterator<ProviderFactory> found = ServiceLoader.load(ProviderFactory.class, loader).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          return;
        }
        ProviderFactory factory = found.next();
        if (factory.getClass().getClassLoader() == loader) {
          add(factory, where);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        LOG.warn("a payment provider in {} cannot be used: {}", where, e.toString());
        if (e instanceof LinkageError) {
          return;
        }
      }
    }
  }

  private void add(ProviderFactory factory, String where) {
    String name = factory.name();
    if (!name.matches(NAME)) {
      LOG.warn("a payment provider in {} has the unusable name '{}'", where, name);
    } else if (byName.putIfAbsent(name, factory) != null) {
      LOG.warn("a second payment provider '{}' in {} is left out", name, where);
    }
  }

  @Override
  public void close() {
    for (URLClassLoader jar : jars) {
      try {
        jar.close();
      } catch (IOException e) {
        LOG.warn("a plug-in could not be closed: {}", e.toString());
      }
    }
  }
}
