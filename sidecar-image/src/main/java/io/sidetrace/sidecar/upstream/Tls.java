package io.sidetrace.sidecar.upstream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.UpstreamTls;
import io.sidetrace.sidecar.config.UpstreamTls.Authorities;
import io.sidetrace.sidecar.config.UpstreamTls.Identity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// TLS of one cluster, by the JDK: reads the certificates, and again when their files change.
///
/// Thread-safe. Files are read on a thread of its own and never on an event loop; where there are
/// none, there is no thread.
final class Tls implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("sidetrace.tls");

  /// The kubelet needs up to a minute to bring a changed secret into a pod, so this adds little.
  static final Duration REREAD = Duration.ofSeconds(10);

  /// What Envoy offers where HTTP/2 is spoken; servers of gRPC may refuse who does not offer it.
  /// One that chooses nothing is spoken to in HTTP/2 nevertheless, as the cluster says.
  private static final ApplicationProtocolConfig HTTP2 =
      new ApplicationProtocolConfig(
          ApplicationProtocolConfig.Protocol.ALPN,
          ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
          ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2);

  private final String cluster;
  private final UpstreamTls settings;
  private final boolean http2;
  private final Duration reread;
  private final LongAdder failures;
  private final @Nullable Thread thread;
  private List<byte[]> files = List.of();
  private volatile @Nullable SslContext context;
  private volatile @Nullable String problem;

  /// Reads the certificates; what is wrong with them is told by [#problem].
  ///
  /// @param failures counts connections that do not come to stand because of TLS
  Tls(ClusterDefinition cluster, UpstreamTls settings, Duration reread, LongAdder failures) {
    this.failures = failures;
    this.cluster = cluster.name();
    this.settings = settings;
    this.http2 = cluster.http() == ClusterDefinition.Http.HTTP2;
    this.reread = reread;
    read();
    this.thread =
        readsFiles()
            ? Thread.ofPlatform().daemon().name("tls-" + cluster.name()).unstarted(this::run)
            : null;
  }

  private boolean readsFiles() {
    UpstreamTls.Validation validation = settings.validation();
    return settings.identity() != null
        || (validation != null && validation.authorities() instanceof Authorities.File);
  }

  void start() {
    if (thread != null) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(reread);
        read();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: the thread ends here
    }
  }

  /// A broken file leaves in force what was read before it.
  private void read() {
    try {
      List<byte[]> now = contents();
      if (context == null || !same(files, now)) {
        context = build(now);
        files = now;
      }
      problem = null;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      String told = "certificates: " + e;
      if (!told.equals(problem)) {
        LOG.log(System.Logger.Level.WARNING, "cluster {0}: {1}", cluster, told);
      }
      problem = told;
    }
  }

  /// Authorities, chain and key; empty where there is none.
  private List<byte[]> contents() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    UpstreamTls.Validation validation = settings.validation();
    contents.add(
        switch (validation == null ? null : validation.authorities()) {
          case null -> new byte[0];
          case Authorities.File(var path) -> Files.readAllBytes(path);
          case Authorities.Inline(var pem) -> pem.getBytes(StandardCharsets.UTF_8);
        });
    Identity identity = settings.identity();
    if (identity != null) {
      contents.add(Files.readAllBytes(identity.certificateChain()));
      contents.add(Files.readAllBytes(identity.privateKey()));
    }
    return contents;
  }

  private static boolean same(List<byte[]> one, List<byte[]> other) {
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same = Arrays.equals(one.get(i), other.get(i));
    }
    return same;
  }

  private SslContext build(List<byte[]> contents) throws IOException, GeneralSecurityException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            // Names are checked where the configuration says which; Envoy checks no others.
            .endpointIdentificationAlgorithm(null)
            .applicationProtocolConfig(http2 ? HTTP2 : ApplicationProtocolConfig.DISABLED);
    UpstreamTls.Validation validation = settings.validation();
    if (validation == null) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
    } else {
      List<X509Certificate> trusted = certificates(contents.getFirst());
      builder.trustManager(NamedServer.trusting(trusted, validation.dnsNames()));
    }
    if (settings.identity() != null) {
      builder.keyManager(
          new ByteArrayInputStream(contents.get(1)), new ByteArrayInputStream(contents.get(2)));
    }
    return builder.build();
  }

  private static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
    List<X509Certificate> certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("no certificate in trusted_ca (expected: PEM)");
    }
    return certificates;
  }

  /// A handler for one connection; null while there are no certificates, and [#problem] says why.
  @Nullable SslHandler handler(ByteBufAllocator allocator) {
    SslContext ready = context;
    if (ready == null) {
      return null;
    }
    SSLEngine engine =
        settings.sni().isEmpty()
            ? ready.newEngine(allocator)
            : ready.newEngine(allocator, settings.sni(), 443); // the port only keys sessions
    return new SslHandler(engine);
  }

  /// Why certificates could not be read the last time; null when they could.
  @Nullable String problem() {
    return problem;
  }

  void countFailure() {
    failures.increment();
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
