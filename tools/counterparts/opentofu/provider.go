package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type provider struct {
	tfprotov5.ProviderServer // what is not written here is never asked for
	schemas                  *tfprotov5.GetProviderSchemaResponse
}

func (p *provider) GetProviderSchema(
	context.Context, *tfprotov5.GetProviderSchemaRequest,
) (*tfprotov5.GetProviderSchemaResponse, error) {
	return p.schemas, nil
}

func (p *provider) GetMetadata(
	context.Context, *tfprotov5.GetMetadataRequest,
) (*tfprotov5.GetMetadataResponse, error) {
	return &tfprotov5.GetMetadataResponse{}, nil
}

func (p *provider) PrepareProviderConfig(
	_ context.Context, asked *tfprotov5.PrepareProviderConfigRequest,
) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: asked.Config}, nil
}

func (p *provider) ConfigureProvider(
	context.Context, *tfprotov5.ConfigureProviderRequest,
) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (p *provider) StopProvider(
	context.Context, *tfprotov5.StopProviderRequest,
) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (p *provider) ValidateResourceTypeConfig(
	context.Context, *tfprotov5.ValidateResourceTypeConfigRequest,
) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (p *provider) ValidateDataSourceConfig(
	context.Context, *tfprotov5.ValidateDataSourceConfigRequest,
) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func (p *provider) ReadDataSource(
	_ context.Context, asked *tfprotov5.ReadDataSourceRequest,
) (*tfprotov5.ReadDataSourceResponse, error) {
	schema := p.schemas.DataSourceSchemas[asked.TypeName]
	state, err := change(schema, asked.Config,
		func(name string, value tftypes.Value, called string) tftypes.Value {
			if isComputed(schema, name) && value.IsNull() {
				return valueFor(asked.TypeName, called, name, value.Type())
			}
			return value
		})
	return &tfprotov5.ReadDataSourceResponse{State: state}, err
}

func (p *provider) PlanResourceChange(
	_ context.Context, asked *tfprotov5.PlanResourceChangeRequest,
) (*tfprotov5.PlanResourceChangeResponse, error) {
	schema := p.schemas.ResourceSchemas[asked.TypeName]
	planned, err := change(schema, asked.ProposedNewState,
		func(name string, value tftypes.Value, _ string) tftypes.Value {
			if isComputed(schema, name) && value.IsNull() {
				return tftypes.NewValue(value.Type(), tftypes.UnknownValue)
			}
			return value
		})
	return &tfprotov5.PlanResourceChangeResponse{
		PlannedState: planned, UnsafeToUseLegacyTypeSystem: true,
	}, err
}

func (p *provider) ApplyResourceChange(
	_ context.Context, asked *tfprotov5.ApplyResourceChangeRequest,
) (*tfprotov5.ApplyResourceChangeResponse, error) {
	schema := p.schemas.ResourceSchemas[asked.TypeName]
	random, err := randomResult(asked.TypeName, schema, asked.PlannedState)
	if err != nil {
		return nil, err
	}
	state, err := change(schema, asked.PlannedState,
		func(name string, value tftypes.Value, called string) tftypes.Value {
			if value.IsKnown() {
				return value
			}
			if name == "result" && random != "" {
				return tftypes.NewValue(tftypes.String, random)
			}
			return valueFor(asked.TypeName, called, name, value.Type())
		})
	return &tfprotov5.ApplyResourceChangeResponse{
		NewState: state, UnsafeToUseLegacyTypeSystem: true,
	}, err
}

// change gives an object with each attribute as `of` makes it of its name, its value and what the
// object is called; what is no object stays.
func change(
	schema *tfprotov5.Schema, object *tfprotov5.DynamicValue,
	of func(string, tftypes.Value, string) tftypes.Value,
) (*tfprotov5.DynamicValue, error) {
	value, err := object.Unmarshal(schema.ValueType())
	if err != nil || value.IsNull() {
		return object, err
	}
	attributes := map[string]tftypes.Value{}
	if err := value.As(&attributes); err != nil {
		return nil, err
	}
	called := "stand-in"
	if name := attributes["name"]; name.Type() != nil && name.IsKnown() && !name.IsNull() {
		if err := name.As(&called); err != nil {
			return nil, err
		}
	}
	for name, each := range attributes {
		attributes[name] = of(name, each, called)
	}
	made, err := tfprotov5.NewDynamicValue(
		schema.ValueType(), tftypes.NewValue(schema.ValueType(), attributes))
	return &made, err
}

func isComputed(schema *tfprotov5.Schema, name string) bool {
	for _, each := range schema.Block.Attributes {
		if each.Name == name {
			return each.Computed
		}
	}
	return false
}
