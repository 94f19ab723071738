import { startProduct } from '../tools/run-product.ts';
import { deskPort, mllpPort, port } from './addresses.ts';

/** Starts the product as a user does, on an empty store of its own; returns the way to stop it. */
export default async function setup(): Promise<() => Promise<void>> {
  const product = await startProduct({ port, deskPort, mllpPort });
  return () => product.stop();
}
