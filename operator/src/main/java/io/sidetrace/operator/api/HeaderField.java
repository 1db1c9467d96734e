package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// A header of what is sent to a collector.
@ValidationRule(
    value =
        "self.name.matches("
            + Cel.FIELD_NAME
            + ") && !self.name.matches('^grpc-|-bin$') && !(self.name in "
            + Cel.RESERVED
            + ")",
    fieldPath = ".name",
    message = "not a name of a header " + Cel.FIELD_NAME_EXPECTED,
    messageExpression = "self.name + ' " + Cel.FIELD_NAME_EXPECTED + "'")
@ValidationRule(
    value = "self.value.matches(" + Cel.FIELD_VALUE + ")",
    fieldPath = ".value",
    message = "not a header's value " + Cel.FIELD_VALUE_EXPECTED)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HeaderField(
    @Required
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("The header's name, in lower case.")
        String name,
    @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("The header's value.")
        String value) {}
