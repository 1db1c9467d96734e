package io.sidetrace.operator.fake;

import java.util.Map;

/// A request as Kubernetes' authorisation sees it.
///
/// @param resource with its subresource, such as `pods/status`
/// @param namespace empty where all are meant, and for what belongs to none
/// @param name empty for whole collections; a list or watch confined by `metadata.name` has it
public record ApiRequest(
    String verb, String group, String resource, String namespace, String name) {

  /// @param path such as `/apis/GROUP/VERSION/namespaces/NAMESPACE/RESOURCE/NAME/SUBRESOURCE`
  static ApiRequest of(String method, String path, Map<String, String> query) {
    String[] parts = path.substring(1).split("/");
    boolean isCore = parts[0].equals("api");
    int at = isCore ? 2 : 3;
    String namespace = "";
    if (parts[at].equals("namespaces") && parts.length > at + 2) {
      namespace = parts[at + 1];
      at += 2;
    }
    String name = parts.length > at + 1 ? parts[at + 1] : selectedName(query);
    String subresource = parts.length > at + 2 ? "/" + parts[at + 2] : "";
    boolean isCollection = parts.length == at + 1;
    return new ApiRequest(
        verb(method, isCollection, query),
        isCore ? "" : parts[1],
        parts[at] + subresource,
        namespace,
        name);
  }

  private static String verb(String method, boolean isCollection, Map<String, String> query) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> isCollection ? "deletecollection" : "delete";
      default -> {
        if ("true".equals(query.get("watch"))) {
          yield "watch";
        }
        yield isCollection ? "list" : "get";
      }
    };
  }

  private static String selectedName(Map<String, String> query) {
    String selector = query.getOrDefault("fieldSelector", "");
    String prefix = "metadata.name=";
    return selector.startsWith(prefix) ? selector.substring(prefix.length()) : "";
  }

  public boolean is(String wantedVerb, String wantedResource) {
    return verb.equals(wantedVerb) && resource.equals(wantedResource);
  }
}
