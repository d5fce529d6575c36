from django.shortcuts import render
def index(request): return render(request, "web/board.html", {"nav": "reports"})
def show(request, month): return render(request, "web/board.html", {"nav": "reports"})
def download(request, month, form): return render(request, "web/board.html", {"nav": "reports"})
