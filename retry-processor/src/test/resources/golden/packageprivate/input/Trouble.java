package acme.packageprivate;

class Trouble extends Exception {

  private static final long serialVersionUID = 1;
}
