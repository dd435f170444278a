package org.ampay.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A station on a bare socket: it can do everything that a WebSocket library would not let it do.
 * Reading waits up to ten seconds.
 */
final class RawStation implements AutoCloseable {

  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** One WebSocket frame, unmasked. */
  record WsFrame(int opcode, boolean last, boolean compressed, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int closeCode() {
      return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
    }
  }

  private static final int WAIT_MILLIS = 10_000;
  private static final byte[] MASK = {1, 2, 3, 4};

  private final Socket socket;
  private final DataInputStream in;
  private int status;
  private final Map<String, String> headers = new LinkedHashMap<>();

  RawStation(InetSocketAddress server) throws IOException {
    this(server, 0);
  }

  /**
   * @param receiveBuffer bytes; 0: the system's choice
   */
  RawStation(InetSocketAddress server, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(server, WAIT_MILLIS);
    socket.setSoTimeout(WAIT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
  }

  /**
   * Over a socket that is connected already, for example one of TLS.
   *
   * @param connected closed with this station
   */
  RawStation(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(WAIT_MILLIS);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
  }

  /** An upgrade request with these further header lines; returns the HTTP status. */
  int upgrade(String path, String... headerLines) throws IOException {
    StringBuilder request =
        new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: csms\r\nUpgrade: websocket\r\n")
            .append("Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n")
            .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String line : headerLines) {
      request.append(line).append("\r\n");
    }
    return request(request.append("\r\n").toString());
  }

  int request(String text) throws IOException {
    bytes(text.getBytes(StandardCharsets.UTF_8));
    String line = line();
    status = Integer.parseInt(line.split(" ")[1]);
    for (line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return status;
  }

  static String basic(String user, String password) {
    String both = user + ":" + password;
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  /** A header of the answer, or an empty text. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  void bytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void text(String text) throws IOException {
    frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A frame with any first byte: FIN, RSV bits and opcode. */
  void frame(int firstByte, byte[] payload) throws IOException {
    bytes(encoded(firstByte, payload));
  }

  static byte[] encoded(int firstByte, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    header(out, firstByte, payload.length);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ MASK[i % 4]);
    }
    return out.toByteArray();
  }

  static void header(ByteArrayOutputStream out, int firstByte, long length) {
    out.write(firstByte);
    if (length < 126) {
      out.write(0x80 | (int) length);
    } else if (length < 65_536) {
      out.write(0x80 | 126);
      out.write((int) (length >> 8));
      out.write((int) length);
    } else {
      out.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) (length >> shift));
      }
    }
    out.writeBytes(MASK);
  }

  /** The next frame, pings included. */
  WsFrame next() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    byte[] payload = in.readNBytes(length);
    return new WsFrame(first & 15, (first & 0x80) != 0, (first & 0x40) != 0, payload);
  }

  /** The next text message. */
  String reply() throws IOException {
    WsFrame frame = next();
    if (frame.opcode() != TEXT) {
      throw new AssertionError("not a text message: opcode " + frame.opcode());
    }
    return frame.text();
  }

  /** Sends a text and waits for the next one. */
  String ask(String text) throws IOException {
    text(text);
    return reply();
  }

  /** The code of the close frame; -1 when the connection ends without one. */
  int closeCode() throws IOException {
    try {
      WsFrame frame = next();
      while (frame.opcode() != CLOSE) {
        frame = next();
      }
      return frame.closeCode();
    } catch (EOFException | SocketException e) {
      return -1;
    }
  }

  /** Whether the connection ends without a further frame. */
  boolean ends() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(bytes);
    byte[] out = new byte[bytes.length + 64];
    int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return java.util.Arrays.copyOf(out, length - 4);
  }

  static String inflated(byte[] bytes) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    byte[] input = java.util.Arrays.copyOf(bytes, bytes.length + 4);
    input[bytes.length + 2] = (byte) 0xff;
    input[bytes.length + 3] = (byte) 0xff;
    inflater.setInput(input);
    byte[] out = new byte[1 << 20];
    int length = inflater.inflate(out);
    inflater.end();
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  /** Ends the connection without a word. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("no answer");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
