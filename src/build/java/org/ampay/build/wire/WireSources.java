package org.ampay.build.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ampay.build.wire.Dictionary.Enumeration;
import org.ampay.build.wire.Dictionary.Message;
import org.ampay.build.wire.Dictionary.ObjectType;

/** Writes the sources of all wire records. */
public final class WireSources {

  /** The versions that get records. The others are read all the same: a broken one stops here. */
  private static final List<String> WITH_RECORDS = List.of("1.6", "2.0.1");

  private static final List<String> DICTIONARY_ONLY = List.of("2.1");

  private WireSources() {}

  /** Generates from the dictionaries of a folder into a source folder. */
  public static void generate(Path schemas, Path target) throws IOException {
    for (String version : WITH_RECORDS) {
      generate(Version.of(version), read(schemas, version), target);
    }
    for (String version : DICTIONARY_ONLY) {
      read(schemas, version);
    }
  }

  private static Dictionary read(Path schemas, String version) throws IOException {
    Dictionary dictionary = Dictionary.read(schemas.resolve("ocpp-" + version + ".json"));
    if (!dictionary.version().equals(version)) {
      throw new IllegalStateException("ocpp-" + version + ".json is of " + dictionary.version());
    }
    return dictionary;
  }

  private static void generate(Version version, Dictionary dictionary, Path target)
      throws IOException {
    Path folder = target.resolve(version.packageName().replace('.', '/'));
    Files.createDirectories(folder);
    for (Enumeration enumeration : dictionary.enums()) {
      write(folder, enumeration.javaName(), EnumSource.of(version, enumeration));
    }
    for (ObjectType type : dictionary.types()) {
      write(folder, type.javaName(), RecordSource.ofType(version, type));
    }
    for (Message message : dictionary.messages()) {
      write(folder, message.request().javaName(), RecordSource.ofRequest(version, message));
      String response = message.response().orElseThrow().javaName();
      write(folder, response, RecordSource.ofResponse(version, message));
    }
    Map<String, String> registry = new RegistrySource(version, dictionary.messages()).sources();
    for (Map.Entry<String, String> source : registry.entrySet()) {
      write(folder, source.getKey(), source.getValue());
    }
  }

  private static void write(Path folder, String name, String source) throws IOException {
    Path file = folder.resolve(name + ".java");
    if (Files.exists(file)) {
      throw new IllegalStateException("two sources named " + file);
    }
    Files.writeString(file, source);
  }
}
