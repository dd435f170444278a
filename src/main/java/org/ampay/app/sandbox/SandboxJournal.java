package org.ampay.app.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that happened to a gateway, a line each, written before it is done: what it was is what comes
 * of doing all of it again. Without a file nothing is kept.
 */
final class SandboxJournal implements AutoCloseable {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private final @Nullable FileChannel channel;
  private final List<JsonNode> before;

  private SandboxJournal(@Nullable FileChannel channel, List<JsonNode> before) {
    this.channel = channel;
    this.before = before;
  }

  static SandboxJournal open(@Nullable Path file) {
    if (file == null) {
      return new SandboxJournal(null, List.of());
    }
    try {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      String text = Files.readString(file);
      // A line that was cut off by the end of the process was never answered.
      int whole = text.lastIndexOf('\n') + 1;
      List<JsonNode> before = new ArrayList<>();
      for (String line : text.substring(0, whole).split("\n", -1)) {
        if (!line.isEmpty()) {
          before.add(MAPPER.readTree(line));
        }
      }
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      channel.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
      channel.position(channel.size());
      return new SandboxJournal(channel, before);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the sandbox's file " + file, e);
    }
  }

  boolean isKept() {
    return channel != null;
  }

  /** What happened before, oldest first. */
  List<JsonNode> before() {
    return before;
  }

  synchronized void append(ObjectNode entry) {
    FileChannel out = channel;
    if (out == null) {
      return;
    }
    try {
      ByteBuffer line =
          ByteBuffer.wrap(
              (MAPPER.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        out.write(line);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an entry that is no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the sandbox's file", e);
    }
  }

  @Override
  public void close() {
    FileChannel out = channel;
    if (out == null) {
      return;
    }
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the sandbox's file", e);
    }
  }
}
