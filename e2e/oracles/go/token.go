package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/extension/extensionauth"
)

// tokenConfig says which header every message must carry, and with which value.
type tokenConfig struct {
	Header string `mapstructure:"header"`
	Value  string `mapstructure:"value"`
}

// token refuses what comes without its header. The receiver asks it before it decodes anything.
type token struct {
	component.StartFunc
	component.ShutdownFunc
	extensionauth.ServerAuthenticateFunc
}

func tokenFactory() extension.Factory {
	create := func(_ context.Context, _ extension.Settings, config component.Config) (extension.Extension, error) {
		return token{ServerAuthenticateFunc: config.(*tokenConfig).judge}, nil
	}
	none := func() component.Config { return &tokenConfig{} }
	return extension.NewFactory(component.MustNewType("token"), none, create, component.StabilityLevelStable)
}

// judge reads HTTP's header names in their canonical case and gRPC's in lower case.
func (config *tokenConfig) judge(ctx context.Context, sources map[string][]string) (context.Context, error) {
	for name, values := range sources {
		if strings.EqualFold(name, config.Header) && slices.Equal(values, []string{config.Value}) {
			return ctx, nil
		}
	}
	return ctx, fmt.Errorf("no %s with the value wanted", config.Header)
}
