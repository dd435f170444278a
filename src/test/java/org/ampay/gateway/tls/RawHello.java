package org.ampay.gateway.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A TLS client that says hello by hand: it can offer what no library would, and sees exactly what
 * the server chose.
 */
public final class RawHello {

  public static final int TLS10 = 0x0301;
  public static final int TLS11 = 0x0302;
  public static final int TLS12 = 0x0303;
  private static final int WAIT_MILLIS = 10_000;

  /** What the server said to it. */
  public sealed interface Reply {

    /** Turned away with a TLS alert, 70: protocol version, 40: handshake failure. */
    record Alert(int description) implements Reply {}

    /** Turned away without a word. */
    record Closed() implements Reply {}

    /**
     * Accepted.
     *
     * @param certificate null in TLS 1.3
     */
    record Hello(int version, int suite, int compression, List<X509Certificate> chain)
        implements Reply {}
  }

  private RawHello() {}

  /** Offers this version, these suites and compressions. */
  public static Reply say(
      InetSocketAddress server, int version, List<Integer> suites, int... compressions)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, WAIT_MILLIS);
      socket.setSoTimeout(WAIT_MILLIS);
      socket.getOutputStream().write(record(version, hello(version, suites, compressions)));
      socket.getOutputStream().flush();
      return reply(new DataInputStream(socket.getInputStream()));
    }
  }

  private static byte[] record(int version, byte[] message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(22);
    out.writeShort(Math.min(version, TLS10));
    out.writeShort(message.length);
    out.write(message);
    return bytes.toByteArray();
  }

  private static byte[] hello(int version, List<Integer> suites, int... compressions)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(version);
    out.write(new byte[32]);
    out.write(0); // no session
    out.writeShort(suites.size() * 2);
    for (int suite : suites) {
      out.writeShort(suite);
    }
    out.write(compressions.length);
    for (int compression : compressions) {
      out.write(compression);
    }
    byte[] extensions = extensions();
    out.writeShort(extensions.length);
    out.write(extensions);
    byte[] body = bytes.toByteArray();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(1);
    message.write(body.length >> 16);
    message.write(body.length >> 8);
    message.write(body.length);
    message.write(body);
    return message.toByteArray();
  }

  private static byte[] extensions() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    shorts(out, 10, 23, 24); // groups: P-256, P-384
    out.writeShort(11); // points: uncompressed
    out.writeShort(2);
    out.writeShort(0x0100);
    shorts(out, 13, 0x0403, 0x0401, 0x0804, 0x0201, 0x0203); // ECDSA, RSA, RSA-PSS, old ones
    out.writeShort(0xff01); // secure renegotiation
    out.writeShort(1);
    out.write(0);
    return bytes.toByteArray();
  }

  private static void shorts(DataOutputStream out, int extension, int... values)
      throws IOException {
    out.writeShort(extension);
    out.writeShort(values.length * 2 + 2);
    out.writeShort(values.length * 2);
    for (int value : values) {
      out.writeShort(value);
    }
  }

  private static Reply reply(DataInputStream in) throws IOException {
    ByteArrayOutputStream handshake = new ByteArrayOutputStream();
    try {
      while (true) {
        int type = in.readUnsignedByte();
        in.readUnsignedShort();
        byte[] content = new byte[in.readUnsignedShort()];
        in.readFully(content);
        if (type == 21) {
          return new Reply.Alert(content[1]);
        }
        handshake.write(content);
        Reply.Hello hello = parsed(handshake.toByteArray());
        if (hello != null) {
          return hello;
        }
      }
    } catch (EOFException | SocketException e) {
      return new Reply.Closed();
    }
  }

  /** Null until ServerHello and Certificate are there. */
  private static Reply.Hello parsed(byte[] handshake) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(handshake));
    int version = 0;
    int suite = 0;
    int compression = -1;
    while (in.available() >= 4) {
      int type = in.readUnsignedByte();
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      if (in.available() < length) {
        return null;
      }
      DataInputStream body = new DataInputStream(new ByteArrayInputStream(in.readNBytes(length)));
      if (type == 2) {
        version = body.readUnsignedShort();
        body.skipNBytes(32);
        body.skipNBytes(body.readUnsignedByte());
        suite = body.readUnsignedShort();
        compression = body.readUnsignedByte();
      } else if (type == 11) {
        return new Reply.Hello(version, suite, compression, chain(body));
      }
    }
    return null;
  }

  private static List<X509Certificate> chain(DataInputStream body) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    body.skipNBytes(3);
    try {
      while (body.available() > 0) {
        int length = body.readUnsignedByte() << 16 | body.readUnsignedShort();
        chain.add(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(body.readNBytes(length))));
      }
    } catch (CertificateException e) {
      throw new IOException(e);
    }
    return chain;
  }
}
