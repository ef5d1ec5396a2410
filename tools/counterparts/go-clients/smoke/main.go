// Uses a client that ogen has made of the OpenAPI document: lists, creates, allocates and deletes
// pools on a running server, and reads a problem.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ogen-go/ogen/ogenerrors"

	cloudpam "cloudpam.dev/clients/ogen"
)

type token string

func (t token) Bearer(context.Context, cloudpam.OperationName) (cloudpam.Bearer, error) {
	return cloudpam.Bearer{Token: string(t)}, nil
}

func (token) Session(context.Context, cloudpam.OperationName) (cloudpam.Session, error) {
	return cloudpam.Session{}, ogenerrors.ErrSkipClientSecurity
}

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	client, err := cloudpam.NewClient(os.Getenv("CLOUDPAM_SERVER"), token(os.Getenv("CLOUDPAM_TOKEN")))
	if err != nil {
		return err
	}
	created, err := client.CreatePool(ctx, &cloudpam.NewPool{Name: "berlin", Cidr: "10.20.0.0/16"}, cloudpam.CreatePoolParams{})
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	pool, ok := created.(*cloudpam.CreatePoolCreatedHeaders)
	if !ok {
		return fmt.Errorf("create: answered %T", created)
	}
	allocation := &cloudpam.Allocation{
		Name:         "berlin-office",
		PrefixLength: cloudpam.NewOptInt64(24),
		Tags:         cloudpam.NewOptAllocationTags(cloudpam.AllocationTags{"owner": "netops"}),
	}
	params := cloudpam.AllocateParams{ID: pool.Response.ID, IdempotencyKey: cloudpam.NewOptString("order-4711")}
	var taken int64
	for range 2 { // The same key takes the same block.
		allocated, err := client.Allocate(ctx, allocation, params)
		if err != nil {
			return fmt.Errorf("allocate: %w", err)
		}
		made, ok := allocated.(interface {
			GetResponse() cloudpam.Pools
			GetIdempotencyReplayed() cloudpam.OptIdempotencyReplayed
		})
		if !ok || len(made.GetResponse().Items) != 1 {
			return fmt.Errorf("allocate: answered %T", allocated)
		}
		first := made.GetResponse().Items[0]
		taken = first.ID
		fmt.Println("allocated", first.Cidr, "replayed", made.GetIdempotencyReplayed().Set)
	}
	for cursor := cloudpam.NewOptString(""); cursor.Set; {
		query := cloudpam.ListPoolsParams{PageSize: cloudpam.NewOptInt64(1)}
		if cursor.Value != "" {
			query.Cursor = cursor
		}
		listed, err := client.ListPools(ctx, query)
		if err != nil {
			return fmt.Errorf("list: %w", err)
		}
		page, ok := listed.(*cloudpam.TypedPoolListHeaders)
		if !ok {
			return fmt.Errorf("list: answered %T", listed)
		}
		for _, each := range page.Response.Items {
			fmt.Println("listed", each.Name, each.Cidr)
		}
		cursor = cloudpam.OptString{}
		if next, more := page.Response.NextCursor.Get(); more {
			cursor = cloudpam.NewOptString(next)
		}
	}
	for _, id := range []int64{taken, pool.Response.ID} {
		deleted, err := client.DeletePool(ctx, cloudpam.DeletePoolParams{ID: id})
		if err != nil {
			return fmt.Errorf("delete: %w", err)
		}
		if _, ok := deleted.(*cloudpam.DeletionHeaders); !ok {
			return fmt.Errorf("delete: answered %T", deleted)
		}
	}
	gone, err := client.GetPool(ctx, cloudpam.GetPoolParams{ID: taken})
	if err != nil {
		return fmt.Errorf("get: %w", err)
	}
	problem, ok := gone.(*cloudpam.NotFoundHeaders)
	if !ok {
		return fmt.Errorf("get: answered %T", gone)
	}
	fmt.Println("then", problem.Response.Code)
	return nil
}
