import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import { AllocateAddresses, KeepAddresses, KeepRanges } from '@cloudpam/pools';
import { useCase, useCases } from '../storage/use-case';
import { AddressesController } from './addresses.controller';
import { ObservedController } from './observed.controller';
import { PastAddressesController } from './past-addresses.controller';
import { RangesController } from './ranges.controller';

/** Single addresses. */
@Module({
  controllers: [AddressesController, ObservedController, PastAddressesController, RangesController],
  providers: [
    ...useCases(KeepAddresses, KeepRanges),
    useCase(AllocateAddresses, (work) => new AllocateAddresses(work, randomBelow)),
  ],
})
export class AddressesModule {}

/** Of 192 bits: how much likelier the first of 2^128 values are does not count. */
function randomBelow(bound: bigint): bigint {
  return BigInt(`0x${randomBytes(24).toString('hex')}`) % bound;
}
