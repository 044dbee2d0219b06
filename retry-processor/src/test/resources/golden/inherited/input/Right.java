package acme.inherited;

interface Right {

  CharSequence get(String key) throws java.io.FileNotFoundException, InterruptedException;
}
