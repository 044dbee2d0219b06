package acme.inherited;

interface Left {

  Object get(String key) throws java.io.IOException, InterruptedException;
}
