package com.acme;

public class StaleSessionException extends RuntimeException {}
