export { productIn, type Product } from './product';
export { withSecretFiles } from './secret-files';
