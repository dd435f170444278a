package org.ampay.station.certs;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates as text (A00.FR.507): read strictly, written without anything around them. */
public final class Pem {

  /** What InstallCertificate takes at most, characters. */
  public static final int MAX_CERTIFICATE_CHARS = 5_500;

  private static final int MAX_TEXT_CHARS = 100_000;
  private static final int MAX_CERTIFICATES = 10;
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END ([A-Z0-9 ]{1,40})-----");

  private Pem() {}

  /**
   * All certificates of a text, in its order.
   *
   * @throws BadCertificateException when there is none, too many, or anything else in the text
   */
  public static List<X509Certificate> certificates(String text) {
    List<byte[]> blocks = blocks(text, "CERTIFICATE");
    List<X509Certificate> found = new ArrayList<>();
    for (byte[] block : blocks) {
      found.add(certificate(block));
    }
    return List.copyOf(found);
  }

  /**
   * The only certificate of a text.
   *
   * @throws BadCertificateException when there is not exactly one
   */
  public static X509Certificate certificate(String text) {
    List<X509Certificate> found = certificates(text);
    if (found.size() != 1) {
      throw new BadCertificateException(
          "there are " + found.size() + " certificates in the text, one is wanted");
    }
    return found.getFirst();
  }

  /** The certificate in these DER bytes. */
  static X509Certificate certificate(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new BadCertificateException("the bytes between the lines are no X.509 certificate", e);
    }
  }

  /**
   * DER bytes of the blocks of that label.
   *
   * @throws BadCertificateException when there is none or one of another label
   */
  static List<byte[]> blocks(String text, String label) {
    if (text.length() > MAX_TEXT_CHARS) {
      throw new BadCertificateException("the text is longer than " + MAX_TEXT_CHARS);
    }
    if (text.contains("PRIVATE KEY-----")) {
      throw new BadCertificateException("the text holds a private key: never send one anywhere");
    }
    List<byte[]> found = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      if (!matcher.group(1).endsWith(label) || !matcher.group(1).equals(matcher.group(3))) {
        throw new BadCertificateException(
            "a block is called '" + matcher.group(1) + "', wanted is '" + label + "'");
      }
      found.add(decoded(matcher.group(2)));
    }
    if (found.isEmpty()) {
      throw new BadCertificateException(
          "there is no block -----BEGIN " + label + "----- … -----END " + label + "-----");
    }
    if (found.size() > MAX_CERTIFICATES) {
      throw new BadCertificateException("more than " + MAX_CERTIFICATES + " blocks");
    }
    return found;
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new BadCertificateException("the lines between BEGIN and END are no base64", e);
    }
  }

  /** A certificate as a block of lines that ends with a newline. */
  public static String of(X509Certificate certificate) {
    return block("CERTIFICATE", der(certificate));
  }

  /** A chain in the order of the list. */
  public static String of(List<X509Certificate> chain) {
    StringBuilder text = new StringBuilder();
    chain.forEach(certificate -> text.append(of(certificate)));
    return text.toString();
  }

  static String block(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has an encoding", e);
    }
  }

  /** SHA-256 of the DER bytes, hex. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(der(certificate)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }

  /** The serial number as OCPP writes it: hex without leading zeros. */
  public static String serial(X509Certificate certificate) {
    return certificate.getSerialNumber().toString(16);
  }
}
