package com.acme;

public record ChatRequest(String prompt) {}
