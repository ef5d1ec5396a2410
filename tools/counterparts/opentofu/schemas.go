package main

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type block struct {
	Attributes map[string]struct {
		Type               json.RawMessage
		Required, Computed bool
	}
	Blocks map[string]struct {
		Block          block
		Required, Once bool
	}
}

func readSchemas(file string) (*tfprotov5.GetProviderSchemaResponse, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var read struct {
		Provider               block
		Resources, DataSources map[string]block
	}
	if err := json.Unmarshal(text, &read); err != nil {
		return nil, err
	}
	provider, err := schemaOf(read.Provider)
	if err != nil {
		return nil, err
	}
	resources, err := schemasOf(read.Resources)
	if err != nil {
		return nil, err
	}
	dataSources, err := schemasOf(read.DataSources)
	return &tfprotov5.GetProviderSchemaResponse{
		Provider: provider, ResourceSchemas: resources, DataSourceSchemas: dataSources,
	}, err
}

func schemasOf(blocks map[string]block) (map[string]*tfprotov5.Schema, error) {
	schemas := map[string]*tfprotov5.Schema{}
	// All 1,600 of AWS cost a second of every command: who says which are asked for gets these.
	asked := strings.Fields(os.Getenv("STAND_IN_TYPES"))
	for name, each := range blocks {
		if len(asked) > 0 && !slices.Contains(asked, name) {
			continue
		}
		schema, err := schemaOf(each)
		if err != nil {
			return nil, err
		}
		schemas[name] = schema
	}
	return schemas, nil
}

func schemaOf(from block) (*tfprotov5.Schema, error) {
	made, err := schemaBlock(from)
	return &tfprotov5.Schema{Block: made}, err
}

func schemaBlock(from block) (*tfprotov5.SchemaBlock, error) {
	made := &tfprotov5.SchemaBlock{}
	for _, name := range slices.Sorted(maps.Keys(from.Attributes)) {
		each := from.Attributes[name]
		kind, err := tftypes.ParseJSONType(each.Type)
		if err != nil {
			return nil, err
		}
		made.Attributes = append(made.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: kind, Required: each.Required, Computed: each.Computed,
			Optional: !each.Required,
		})
	}
	for _, name := range slices.Sorted(maps.Keys(from.Blocks)) {
		each := from.Blocks[name]
		inner, err := schemaBlock(each.Block)
		if err != nil {
			return nil, err
		}
		nested := &tfprotov5.SchemaNestedBlock{
			TypeName: name, Block: inner, Nesting: tfprotov5.SchemaNestedBlockNestingModeList,
		}
		if each.Required {
			nested.MinItems = 1
		}
		if each.Once {
			nested.MaxItems = 1
		}
		made.BlockTypes = append(made.BlockTypes, nested)
	}
	return made, nil
}
