export { ROLES, type Role, type Token, type TokenStore } from './token';
