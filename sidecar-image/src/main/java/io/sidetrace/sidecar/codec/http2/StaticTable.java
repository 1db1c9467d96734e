package io.sidetrace.sidecar.codec.http2;

/// The fields that have an index from the start (RFC 7541 appendix A).
final class StaticTable {
  private static final String FIELDS =
      """
        :authority:
        :method: GET
        :method: POST
        :path: /
        :path: /index.html
        :scheme: http
        :scheme: https
        :status: 200
        :status: 204
        :status: 206
        :status: 304
        :status: 400
        :status: 404
        :status: 500
        accept-charset:
        accept-encoding: gzip, deflate
        accept-language:
        accept-ranges:
        accept:
        access-control-allow-origin:
        age:
        allow:
        authorization:
        cache-control:
        content-disposition:
        content-encoding:
        content-language:
        content-length:
        content-location:
        content-range:
        content-type:
        cookie:
        date:
        etag:
        expect:
        expires:
        from:
        host:
        if-match:
        if-modified-since:
        if-none-match:
        if-range:
        if-unmodified-since:
        last-modified:
        link:
        location:
        max-forwards:
        proxy-authenticate:
        proxy-authorization:
        range:
        referer:
        refresh:
        retry-after:
        server:
        set-cookie:
        strict-transport-security:
        transfer-encoding:
        user-agent:
        vary:
        via:
        www-authenticate:
      """;

  private static final TableEntry[] ENTRIES = entries();

  static final int SIZE = ENTRIES.length;

  private StaticTable() {}

  private static TableEntry[] entries() {
    String[] lines = FIELDS.strip().split("\n", -1);
    TableEntry[] entries = new TableEntry[lines.length];
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      int colon = line.indexOf(':', 1);
      String value = line.substring(colon + 1).strip();
      entries[i] = TableEntry.ofStaticTable(i + 1, line.substring(0, colon), value);
    }
    return entries;
  }

  /// The entry of that index.
  ///
  /// @param index from 1 to [#SIZE]
  static TableEntry get(int index) {
    return ENTRIES[index - 1];
  }
}
