package org.ampay.app.sandbox.alipay;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.util.AlipaySignature;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.ampay.app.sandbox.SandboxWire;

/** Keys of the merchants and of Alipay, made once; {@code foreign} is nobody's. */
final class AlipayKeys {

  private static final int BITS = 2_048;

  private final Pair merchant;
  private final Pair alipay;
  private final Pair foreign;

  AlipayKeys(SandboxWire.Secrets secrets) {
    this.merchant = Pair.of(secrets.kept("alipay-merchant", AlipayKeys::made));
    this.alipay = Pair.of(secrets.kept("alipay-platform", AlipayKeys::made));
    this.foreign = Pair.of(secrets.kept("alipay-foreign", AlipayKeys::made));
  }

  /** As the SDK takes them: Base64 of PKCS#8 and of X.509. */
  private record Pair(String secret, String open) {

    static Pair of(byte[] pkcs8) {
      try {
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey key =
            (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        byte[] open =
            rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                .getEncoded();
        Base64.Encoder base64 = Base64.getEncoder();
        return new Pair(base64.encodeToString(pkcs8), base64.encodeToString(open));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a key that was kept cannot be read", e);
      }
    }
  }

  private static byte[] made() {
    try {
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(BITS);
      return rsa.generateKeyPair().getPrivate().getEncoded();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  String merchantPrivateKey() {
    return merchant.secret();
  }

  String alipayPublicKey() {
    return alipay.open();
  }

  boolean isByMerchant(Map<String, String> parameters) {
    Map<String, String> signed = new TreeMap<>(parameters);
    String sign = signed.remove("sign");
    return sign != null && isBy(merchant, AlipaySignature.getSignContent(signed), sign);
  }

  /** Whether Alipay itself signed a text. */
  boolean isOurs(String text, String sign) {
    return isBy(alipay, text, sign);
  }

  private static boolean isBy(Pair signer, String text, String sign) {
    try {
      return AlipaySignature.rsa256CheckContent(text, sign, signer.open(), "UTF-8");
    } catch (AlipayApiException e) {
      return false;
    }
  }

  String sign(String content, boolean forged) {
    try {
      return AlipaySignature.rsa256Sign(content, (forged ? foreign : alipay).secret(), "UTF-8");
    } catch (AlipayApiException e) {
      throw new IllegalStateException("keys of our own sign", e);
    }
  }

  /** A notification's parameters with its signature. */
  Map<String, String> signed(Map<String, String> parameters, boolean forged) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.remove("sign");
    all.remove("sign_type");
    all.put("sign", sign(AlipaySignature.getSignCheckContentV1(new TreeMap<>(all)), forged));
    all.put("sign_type", "RSA2");
    return all;
  }
}
