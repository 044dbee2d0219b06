package acme.foreign;

interface Alias<R> extends Model<R, String> {}
