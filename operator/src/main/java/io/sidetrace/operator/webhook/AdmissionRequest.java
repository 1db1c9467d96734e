package io.sidetrace.operator.webhook;

import com.fasterxml.jackson.databind.JsonNode;

/// What of an AdmissionReview's request is used. The object stays a tree: fields that no model
/// knows must survive the way through, and the namespace is the request's, because the object of a
/// `kubectl apply -n` has none yet.
record AdmissionRequest(String uid, String kind, String namespace, JsonNode object) {}
