/// The webhook's certificates. In comes the Secret that the leader keeps and the CA bundle that the
/// API server reads; out go a rotated Secret, a published bundle and a live TLS context. Next is
/// `webhook`, which serves on that context.
///
/// `CertificateKeeper` (leader) → Secret and caBundle → `ServingCertificate` (every webhook
/// replica) → `SSLContext`.
@NullMarked
package io.sidetrace.operator.tls;

import org.jspecify.annotations.NullMarked;
